import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori, { type Font } from 'satori';
import sharp from 'sharp';
import { cardSize } from './card.ts';
import type { CardElement } from './card-layout.ts';

const resolve = createRequire(import.meta.url).resolve;

/** Satori reads woff, not woff2; the faces of one family stand by, one for each script. */
const faces = [
  ...(['latin', 'latin-ext', 'greek'] as const).flatMap((script) =>
    ([400, 600] as const).map((weight) => ({
      name: script === 'latin' ? 'Source Serif 4' : `Source Serif 4 ${script}`,
      weight,
      file: `@fontsource/source-serif-4/files/source-serif-4-${script}-${weight}-normal.woff`,
    })),
  ),
  {
    name: 'JetBrains Mono',
    weight: 400 as const,
    file: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff',
  },
];

/** The faces that pictures are set in, from the packages of fonts: none of the machine's. */
export async function cardFonts(): Promise<Font[]> {
  return Promise.all(
    faces.map(async ({ name, weight, file }) => ({
      name,
      weight,
      style: 'normal' as const,
      data: await readFile(resolve(file)),
    })),
  );
}

/** How the PNG is written; few colours, no dithering: flat areas and text stay sharp and small. */
export const pngOptions = { palette: true, colours: 64, dither: 0, compressionLevel: 6, effort: 1 } as const;

/**
 * Draws a picture as a PNG. Text becomes outlines, so no font of the machine has a say; nothing is fetched.
 *
 * @returns undefined when the faces lack a letter of it
 */
export async function drawCard(layout: CardElement, fonts: Font[]): Promise<Buffer | undefined> {
  const lacking: string[] = [];
  const svg = await satori(layout, {
    ...cardSize,
    fonts,
    loadAdditionalAsset: async (_language, segment) => {
      lacking.push(segment);
      return [];
    },
  });
  if (lacking.length > 0) return undefined;
  return sharp(Buffer.from(svg)).png(pngOptions).toBuffer();
}
