import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';

/*
 * Pagefind 1.5 writes the values of a filter, and the filters themselves, in the order of a hash map, which
 * differs from run to run. The names of those files are digests of their content, so two builds of one commit
 * would differ in four files. Here they are put in order and named anew.
 */

/** Pagefind's files begin with this mark, before their CBOR. */
const MARK = 'pagefind_dcd';

/** `[name, [[value, pages], …]]` */
const filterSchema = z.tuple([z.string(), z.array(z.tuple([z.string(), z.array(z.number())]))]);
/** `[version, pages, index chunks, filters, sorts, meta fields]`; only the filters are looked into. */
const metaSchema = z.tuple([
  z.string(),
  z.custom<Cbor>(),
  z.custom<Cbor>(),
  z.array(z.tuple([z.string(), z.string()])),
  z.custom<Cbor>(),
  z.custom<Cbor>(),
]);
const entrySchema = z.looseObject({
  languages: z.record(z.string(), z.looseObject({ hash: z.string() })),
});

/**
 * Makes a written index the same for the same content.
 *
 * @param dir the `pagefind` folder
 * @throws when Pagefind's files do not have the shape of release 1.5
 */
export async function stabiliseIndex(dir: string): Promise<void> {
  const entryFile = join(dir, 'pagefind-entry.json');
  const entry = entrySchema.parse(JSON.parse(await readFile(entryFile, 'utf8')));
  for (const language of Object.values(entry.languages)) language.hash = await orderMeta(dir, language.hash);
  await writeFile(entryFile, JSON.stringify(entry));
  const used = new Set(Object.values(entry.languages).map(({ hash }) => `pagefind.${hash}.pf_meta`));
  const metas = (await readdir(dir)).filter((name) => name.endsWith('.pf_meta'));
  await Promise.all(metas.filter((name) => !used.has(name)).map((name) => rm(join(dir, name))));
}

/** Orders the filters of one language and returns the new name of its meta file. */
async function orderMeta(dir: string, hash: string): Promise<string> {
  const old = join(dir, `pagefind.${hash}.pf_meta`);
  const [version, pages, chunks, filters, sorts, fields] = metaSchema.parse(await read(old));
  const ordered: [string, string][] = [];
  for (const [name, id] of filters) ordered.push([name, await orderFilter(dir, id)]);
  ordered.sort(([a], [b]) => (a < b ? -1 : 1));
  const content = packed([version, pages, chunks, ordered, sorts, fields]);
  const renamed = idOf(hash, content, 10);
  await rm(old);
  await writeFile(join(dir, `pagefind.${renamed}.pf_meta`), content);
  return renamed;
}

async function orderFilter(dir: string, id: string): Promise<string> {
  const old = join(dir, 'filter', `${id}.pf_filter`);
  const [name, values] = filterSchema.parse(await read(old));
  const content = packed([name, values.sort(([a], [b]) => (a < b ? -1 : 1))]);
  const renamed = idOf(id, content, 7);
  await rm(old);
  await writeFile(join(dir, 'filter', `${renamed}.pf_filter`), content);
  return renamed;
}

async function read(file: string): Promise<Cbor> {
  const bytes = gunzipSync(await readFile(file));
  return decodeCbor(bytes.subarray(MARK.length));
}

function packed(value: Cbor): Uint8Array {
  return gzipSync(Buffer.concat([Buffer.from(MARK), encodeCbor(value)]), { level: 9 });
}

/** `en_` and the first digits of the content's digest. */
function idOf(old: string, content: Uint8Array, digits: number): string {
  const language = old.slice(0, old.lastIndexOf('_'));
  return `${language}_${createHash('sha256').update(content).digest('hex').slice(0, digits)}`;
}
