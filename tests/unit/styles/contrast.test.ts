import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');

/** `--ink: light-dark(#1c1a17, #dcd7cb)` as `ink -> [light, dark]`. */
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, [light, dark] as const],
  ),
);
const grounds = ['paper', 'sunk', 'paper-raised', 'lit'];
const notText = new Set([...grounds, 'line', 'line-strong']);

/** Relative luminance. @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

test('the formula gives the known extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('the sheet holds the colours that this file reads', () => {
  expect([...pairs.keys()]).toEqual(
    expect.arrayContaining([...grounds, 'ink', 'link', 'tk-comment', 'stale']),
  );
});

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const side = theme === 'light' ? 0 : 1;
  const texts = [...pairs].filter(([name]) => !notText.has(name));
  test.each(texts)('--%s is readable on every ground', (_name, colours) => {
    const weakest = grounds.map(
      (ground) => [ground, contrast(colours[side], pairs.get(ground)?.[side] ?? '#')] as const,
    );
    expect(weakest.filter(([, ratio]) => !(ratio >= 4.5))).toEqual([]);
  });
});
