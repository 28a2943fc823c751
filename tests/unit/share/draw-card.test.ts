import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { ShareCard } from '../../../src/share/card.ts';
import { cardLayout, lightColours } from '../../../src/share/card-layout.ts';
import { cardFonts, drawCard } from '../../../src/share/draw-card.ts';

const fonts = await cardFonts();
const colours = lightColours(readFileSync('src/styles/tokens.css', 'utf8'));
const dpo: ShareCard = {
  title: 'DPOTrainer, annotated',
  kind: 'Annotated trainer',
  trainer: 'DPOTrainer',
  family: 'preference',
  release: '1.16.0',
};
const draw = (card: Partial<ShareCard>) => drawCard(cardLayout({ ...dpo, ...card }, colours), fonts);

/** How many pixels of a part of the picture are not of the colour of paper. */
async function inked(png: Buffer, left: number, top: number, width: number, height: number): Promise<number> {
  const part = await sharp(png).extract({ left, top, width, height }).removeAlpha().raw().toBuffer();
  let count = 0;
  for (let at = 0; at < part.length; at += 3) if ((part[at] ?? 0) < 0xe8) count += 1;
  return count;
}

test('a picture is 1200 by 630, and the same to the byte each time', async () => {
  const [one, other] = [await draw({}), await draw({})];
  expect(await sharp(one).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
});

test.each([
  ['of words', 'Supervised fine-tuning with long conversations, packed rows, and masks that hold up well!'],
  ['of one word', 'W'.repeat(90)],
  ['in wide letters', 'WWWWWWWW MMMMMMMM '.repeat(5).trim()],
])('the longest title %s stays in its margins and apart from what is above and below', async (_, title) => {
  expect(title.length).toBeGreaterThan(88);
  const png = (await draw({ title })) ?? Buffer.alloc(0);
  expect(png.length).toBeLessThan(60_000);
  expect(await inked(png, 1132, 0, 68, 630)).toBe(0);
  expect(await inked(png, 30, 112, 1100, 16), 'between the mark and the kind').toBe(0);
  expect(await inked(png, 30, 496, 1100, 10), 'above the line').toBe(0);
  expect(await inked(png, 100, 530, 300, 60), 'the trainer').toBeGreaterThan(500);
});

test('Greek letters have a face; a title that no face can set has no picture', async () => {
  expect(await draw({ title: 'What β does' })).toBeInstanceOf(Buffer);
  expect(await draw({ title: '強化学習' })).toBeUndefined();
});

test('a colour that the site lacks is named', () => {
  expect(() => cardLayout(dpo, new Map())).toThrow(
    'expected the colour --preference in tokens.css, found none',
  );
});
