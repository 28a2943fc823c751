import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Problem, problem } from '../errors/problem.ts';
import { didYouMean } from '../errors/suggest.ts';
import { shown } from './content-folder.ts';

/** What is read in each folder of a content folder: files with these endings. */
export const contentFolders = {
  trainers: ['.yaml', '.yml'],
  'annotated-trainers': ['.mdx', '.md'],
  'reference-guides': ['.mdx', '.md'],
  'example-scripts': ['.py'],
  'learning-paths': ['.yaml', '.yml'],
  distilled: ['.py'],
  trl: ['.json'],
  runs: ['.json'],
  curves: ['.json'],
} as const satisfies Record<string, readonly string[]>;

/** What lies beside them for commands and tests. */
const beside: Partial<Record<string, readonly string[]>> = { curves: ['.py'], distilled: ['.json'] };

/** The files that are read at the top of a content folder. */
export const contentFiles = [
  'glossary.yaml',
  'papers.yaml',
  'verification.json',
  'migration.yaml',
  'trl-history.json',
  'chooser.yaml',
  'default-runs.yaml',
  'memory-measurements.json',
] as const;

/** What may lie anywhere: hidden files, what Python leaves behind, notes about the folder, and pictures. */
const welcome =
  /(?:^|\/)(?:\..*|__pycache__\/.*|__init__\.py|(?:README|LICENSE|NOTICE|CHANGELOG|CONTRIBUTING|AUTHORS)[^/]*)$|\.(?:png|jpe?g|gif|webp|avif|svg|ico|woff2?|pdf)$/i;

/** Warns of each file of a content folder that nothing reads: mostly a page in the wrong place. */
export async function ignoredFiles(dir: string): Promise<Problem[]> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return items
    .filter((item) => !item.isDirectory())
    .map((item) => relative(dir, join(item.parentPath, item.name)).split(sep).join('/'))
    .filter((path) => !welcome.test(path) && !path.split('/').some((part) => part.startsWith('.')))
    .flatMap((path) => {
      const reason = whyIgnored(path);
      if (!reason) return [];
      const place = { file: shown(join(dir, path)), line: 1, column: 1 };
      const { message, suggestion } = reason;
      return [problem('file-ignored', place, message, { severity: 'warning', suggestion })];
    });
}

function whyIgnored(path: string): { message: string; suggestion: string | undefined } | undefined {
  const [folder = '', ...rest] = path.split('/');
  if (rest.length === 0) {
    if (contentFiles.some((name) => name === path)) return undefined;
    const meant = contentFiles.find(
      (name) => name.toLowerCase() === path.toLowerCase().replace(/\.yml$/, '.yaml'),
    );
    const suggestion = meant ? `did you mean \`${meant}\`?` : didYouMean(path, contentFiles);
    return { message: 'no file of this name is read here', suggestion };
  }
  const known = Object.entries(contentFolders).find(([name]) => name === folder);
  if (!known) {
    const suggestion = didYouMean(folder, Object.keys(contentFolders));
    return { message: `no folder \`${folder}/\` is read`, suggestion };
  }
  const endings: readonly string[] = [...known[1], ...(beside[folder] ?? [])];
  const isKnown = endings.some((ending) => path.endsWith(ending));
  if (rest.length > 1) {
    return isKnown
      ? { message: `folders inside \`${folder}/\` are not read`, suggestion: `move it to \`${folder}/\`` }
      : undefined;
  }
  if (isKnown) return undefined;
  return {
    message: `expected a name that ends with ${endings.join(' or ')} in \`${folder}/\``,
    suggestion: undefined,
  };
}
