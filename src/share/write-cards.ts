import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Font } from 'satori';
import { z } from 'zod';
import type { ContentSource } from '../collections/content-source.ts';
import { cardOf, cardPath } from './card.ts';
import { type CardElement, type Colours, cardLayout, lightColours } from './card-layout.ts';
import { cardFonts, drawCard, pngOptions } from './draw-card.ts';
import { siteName } from './site-name.ts';

/** A page that gets a picture. */
export interface CardPage {
  /** Address below the root without slashes at its ends. */
  ref: string;
  title: string;
}

/**
 * Writes the picture of each page below `og/` of a built site. A picture is kept in `cache`, by everything that it is
 * drawn from, and drawn again only when something of it changed.
 *
 * @param out the site; undefined only draws what `cache` lacks
 * @param signal ends it before the next picture
 * @returns how many were drawn
 * @throws Error when src/styles/tokens.css or a font is missing
 */
export async function writeCards(
  out: string | undefined,
  pages: readonly CardPage[],
  source: ContentSource,
  cache: string,
  signal?: AbortSignal,
): Promise<number> {
  const colours = lightColours(await readFile(new URL('../styles/tokens.css', import.meta.url), 'utf8'));
  const fonts = await cardFonts();
  const tools = await toolsDigest(fonts);
  await mkdir(cache, { recursive: true });
  let drawn = 0;
  const write = async ({ ref, title }: CardPage) => {
    const card = cardOf(ref, title, source);
    const layout = cardLayout(card, colours);
    const kept = join(cache, digest(tools, JSON.stringify(layout)));
    let png = await readKept(kept);
    if (!png) {
      png = await drawOrPlain(layout, { ...card, title: siteName }, colours, fonts);
      drawn += 1;
      await keep(kept, png);
    }
    if (out === undefined) return;
    const file = join(out, cardPath(ref));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, png);
  };
  // As many at once as there are processors: pictures are packed outside of JavaScript.
  const queue = [...pages];
  const work = async () => {
    for (let page = queue.shift(); page && !signal?.aborted; page = queue.shift()) await write(page);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return drawn;
}

/** The picture; where the fonts lack a letter of the title, with the site's name in its place. */
async function drawOrPlain(
  layout: CardElement,
  plain: Parameters<typeof cardLayout>[0],
  colours: Colours,
  fonts: Font[],
): Promise<Buffer> {
  const png = (await drawCard(layout, fonts)) ?? (await drawCard(cardLayout(plain, colours), fonts));
  if (!png) throw new Error(`expected letters that the fonts have, found others in "${plain.kind}"`);
  return png;
}

/** Of the fonts, the releases of what draws, and how the PNG is written. */
async function toolsDigest(fonts: readonly Font[]): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const manifest = z.object({ version: z.string() });
  const releases = await Promise.all(
    ['satori', 'sharp'].map(async (name) => {
      const file = join(resolve(name).replace(/(node_modules[\\/][^\\/]+).*/, '$1'), 'package.json');
      return manifest.parse(JSON.parse(await readFile(file, 'utf8'))).version;
    }),
  );
  const hash = createHash('sha256').update(JSON.stringify([releases, pngOptions]));
  for (const { data } of fonts) hash.update(new Uint8Array(data));
  return hash.digest('hex');
}

function digest(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const digestLength = 64;

/** A kept picture stands behind its own digest: one that was cut short or changed is not taken. */
async function readKept(file: string): Promise<Buffer | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  const png = bytes?.subarray(digestLength);
  return png && bytes?.subarray(0, digestLength).toString('latin1') === digest(png) ? png : undefined;
}

async function keep(file: string, png: Buffer): Promise<void> {
  const part = `${file}.${process.pid}`;
  await writeFile(part, Buffer.concat([Buffer.from(digest(png), 'latin1'), png]));
  await rename(part, file);
}
