import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { filterValues } from './filters.ts';
import { namesMeta } from './names.ts';
import type { SearchRecord } from './records.ts';
import { stabiliseIndex } from './stable-index.ts';

/** A rendered page that is not on disk. */
export interface RenderedPage {
  /** Path on the site without base (`/trainers/dpo/`). */
  path: string;
  html: string;
}

/** Pagefind's own interfaces; the site has its own. */
const isUnused = (name: string) => /(?:-ui|highlight)\.(?:js|css)$/.test(name);

/** A file of the index, by its path inside `pagefind/`. */
export interface IndexFile {
  path: string;
  content: Uint8Array;
}

export interface IndexSummary {
  pages: number;
  records: number;
}

/**
 * Writes Pagefind's index of a built site to `<dir>/pagefind`.
 * The same pages and records give the same bytes.
 * Pages take part with what `data-pagefind-body` marks; pages without it stay out.
 *
 * @throws Error that names the step, with Pagefind's own message as its cause
 */
export async function indexDirectory(dir: string, records: readonly SearchRecord[]): Promise<IndexSummary> {
  return withIndex(async (index) => {
    const { page_count } = succeeded(`read the pages of ${dir}`, await index.addDirectory({ path: dir }));
    if (page_count === 0) throw new Error(`expected HTML pages in ${dir}, found none`);
    await addRecords(index, records);
    // Pagefind's own writing may still be under way when it says that it is done.
    const { files } = succeeded('collect the index', await index.getFiles());
    for (const { path, content } of files.filter(({ path }) => !isUnused(path))) {
      const file = join(dir, 'pagefind', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    await stabiliseIndex(`${dir}/pagefind`);
    return { pages: page_count, records: records.length };
  });
}

/** The files of Pagefind's index of pages that are not on disk. Throws as `indexDirectory` does. */
export async function indexPages(
  pages: readonly RenderedPage[],
  records: readonly SearchRecord[],
): Promise<IndexFile[]> {
  return withIndex(async (index) => {
    for (const { path, html } of pages) {
      succeeded(`index ${path}`, await index.addHTMLFile({ url: path, content: html }));
    }
    await addRecords(index, records);
    return succeeded('collect the index', await index.getFiles()).files;
  });
}

async function addRecords(index: PagefindIndex, records: readonly SearchRecord[]): Promise<void> {
  for (const { url, title, page, content, names, exactly = [], ...filtered } of records) {
    const filters = filterValues(filtered);
    succeeded(
      `index ${url}`,
      await index.addCustomRecord({
        url,
        content,
        language: 'en',
        meta: { title, page, names: namesMeta(names), exactly: namesMeta(exactly) },
        filters,
      }),
    );
  }
}

async function withIndex<T>(work: (index: PagefindIndex) => Promise<T>): Promise<T> {
  try {
    const { index } = succeeded('start Pagefind', await createIndex({ forceLanguage: 'en' }));
    if (!index) throw new Error('Pagefind started without an index');
    return await work(index);
  } catch (error) {
    throw new Error('the search index was not built', { cause: error });
  } finally {
    await close();
  }
}

/** Pagefind reports errors in its answers; this turns them into one that says what was being done. */
function succeeded<T extends { errors: string[] }>(step: string, answer: T): T {
  if (answer.errors.length > 0) {
    throw new Error(`Pagefind could not ${step}`, { cause: new Error(answer.errors.join('; ')) });
  }
  return answer;
}
