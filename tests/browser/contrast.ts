/**
 * How far colours stand apart on the page as it is drawn: run inside the page, so it names nothing outside itself.
 * Grounds are composed through every ancestor; opacity counts.
 */
export function installContrast(): void {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen = new Map<string, number[]>();

  /** Any CSS colour as red, green, blue (0 to 255) and alpha (0 to 1). */
  const rgba = (colour: string): number[] => {
    const known = seen.get(colour);
    if (known) return known;
    if (!context) throw new Error('expected a canvas to read colours with, found none');
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
    const read = [r, g, b, a / 255];
    seen.set(colour, read);
    return read;
  };
  const over = ([r = 0, g = 0, b = 0, a = 0]: number[], ground: number[]): number[] =>
    [r, g, b].map((channel, at) => channel * a + (ground[at] ?? 0) * (1 - a));

  /** What is drawn behind the content of an element. */
  const ground = (element: Element | null): number[] => {
    if (!element) return rgba(matchMedia('(forced-colors: active)').matches ? 'Canvas' : 'white');
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  /** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  const luminance = (colour: number[]): number => {
    const [r = 0, g = 0, b = 0] = colour.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (colour: string, behind: Element | null, opacity = 1): number => {
    const back = ground(behind);
    const [r = 0, g = 0, b = 0, a = 1] = rgba(colour);
    const front = over([r, g, b, a * opacity], back);
    const [dark = 0, light = 0] = [luminance(front), luminance(back)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  Object.assign(window, { contrast });
}

declare global {
  interface Window {
    /** Between a colour and what is drawn behind an element's content, after `installContrast`. */
    contrast(colour: string, behind: Element | null, opacity?: number): number;
  }
}
