import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSeq, parseDocument } from 'yaml';
import type { EntryFile } from '../entry-file.ts';

/**
 * What a content folder needs beside its pages, taken from the generator's own: the registry, the facts, papers
 * and terms. What belongs to the generator's own pages (runs, curves, paths, the chooser, what was verified) is
 * not: nothing of it holds for other pages.
 *
 * @param own the generator's content folder
 * @param refs the pages of the new folder
 */
export async function records(own: string, refs: ReadonlySet<string>): Promise<EntryFile[]> {
  const read = async (path: string): Promise<EntryFile> => ({
    path,
    text: await readFile(join(own, path), 'utf8'),
  });
  const inFolder = async (folder: string, ending: RegExp) => {
    const names = (await namesIn(join(own, folder))).filter((name) => ending.test(name));
    return Promise.all(names.map((name) => read(`${folder}/${name}`)));
  };
  const [trainers, facts, top] = await Promise.all([
    inFolder('trainers', /\.ya?ml$/),
    inFolder('trl', /\.json$/),
    namesIn(own),
  ]);
  const single = ['trl-history.json', 'papers.yaml', 'glossary.yaml'].filter((name) => top.includes(name));
  const files = await Promise.all(single.map(read));
  return [
    ...trainers,
    ...facts,
    ...files.map(({ path, text }) => ({
      path,
      text: path === 'glossary.yaml' ? withoutLost(text, refs) : text,
    })),
  ];
}

/** The glossary without references to pages that the new folder does not have. */
function withoutLost(glossary: string, refs: ReadonlySet<string>): string {
  const document = parseDocument(glossary);
  if (!isSeq(document.contents)) return glossary;
  const terms: unknown = document.toJS();
  if (!Array.isArray(terms)) return glossary;
  for (const [index, term] of terms.entries()) {
    const see: unknown = Reflect.get(Object(term), 'see');
    if (!Array.isArray(see)) continue;
    const kept = see.filter((ref) => refs.has(ref));
    if (kept.length > 0) document.setIn([index, 'see'], kept);
    else document.deleteIn([index, 'see']);
  }
  return document.toString({ lineWidth: 0 });
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    const items = await readdir(dir, { withFileTypes: true });
    return items.flatMap((item) => (item.isFile() && !item.name.startsWith('.') ? item.name : [])).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
