/** Buttons that each set the explorer to a state that shows one thing; `onPreset` of the element answers them. */
export function presetButtons(names: readonly string[]): string {
  const buttons = names.map((name, index) => `<button type="button" data-preset="${index}">${name}</button>`);
  return `<p class="explorer-presets" role="group" aria-label="Examples">${buttons.join(' ')}</p>`;
}
