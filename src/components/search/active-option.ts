/**
 * Which option a key makes active, for a listbox that its text field controls.
 *
 * @param key `KeyboardEvent.key`
 * @param active index of the active option, -1 for none
 * @param count number of options
 * @returns the new index, or undefined when the key is not for the list
 */
export function activeAfter(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return active <= 0 ? count - 1 : active - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
