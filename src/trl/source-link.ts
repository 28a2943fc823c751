/** Where TRL's source is read. */
const repository = 'https://github.com/huggingface/trl/blob';

/**
 * The address of lines of TRL's source at a release's tag.
 *
 * @param lines first and last line, from 1
 */
export function sourceLink(tag: string, file: string, [first, last]: readonly [number, number]): string {
  return `${repository}/${tag}/${file}#L${first}-L${last}`;
}
