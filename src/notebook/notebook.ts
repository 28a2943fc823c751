import { createHash } from 'node:crypto';

/** A cell of a Jupyter notebook, format 4.5. */
export type NotebookCell =
  | { cell_type: 'markdown'; id: string; metadata: CellMetadata; source: string[] }
  | {
      cell_type: 'code';
      id: string;
      metadata: CellMetadata;
      execution_count: null;
      outputs: never[];
      source: string[];
    };

interface CellMetadata {
  tags?: string[];
  /** JupyterLab shows the cell folded. */
  jupyter?: { source_hidden: true };
}

/** A notebook as `.ipynb` holds it. @see https://nbformat.readthedocs.io/en/latest/format_description.html */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: {
    kernelspec: { display_name: string; language: string; name: string };
    language_info: { name: string; file_extension: string; mimetype: string };
    /** Where the notebook comes from. */
    annotated_trainers: { source: string; page: string; trl: string | null };
  };
  cells: NotebookCell[];
}

/** What a cell says, before it has an id. */
export interface CellText {
  kind: 'markdown' | 'code';
  text: string;
  /** For tools that skip or change a cell. */
  tag?: string;
  /** A long cell that nobody needs to read. */
  hidden?: boolean;
}

/**
 * A notebook that has not been run. The same cells give the same bytes: an id is a digest of the cell's text,
 * so that a change elsewhere leaves it as it is.
 */
export function notebook(
  cells: readonly CellText[],
  origin: Notebook['metadata']['annotated_trainers'],
): Notebook {
  const seen = new Map<string, number>();
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', file_extension: '.py', mimetype: 'text/x-python' },
      annotated_trainers: origin,
    },
    cells: cells.map(({ kind, text, tag, hidden }) => {
      const digest = createHash('sha256').update(`${kind}\n${text}`).digest('hex').slice(0, 12);
      const count = (seen.get(digest) ?? 0) + 1;
      seen.set(digest, count);
      const common = {
        id: count === 1 ? digest : `${digest}-${count}`,
        metadata: {
          ...(tag === undefined ? {} : { tags: [tag] }),
          ...(hidden ? { jupyter: { source_hidden: true as const } } : {}),
        },
        source: linesOf(text),
      };
      return kind === 'markdown'
        ? { cell_type: 'markdown', ...common }
        : { cell_type: 'code', ...common, execution_count: null, outputs: [] };
    }),
  };
}

/** Lines with their line ends, as notebooks are saved. */
function linesOf(text: string): string[] {
  return text.replace(/\n+$/, '').split(/(?<=\n)/);
}

/** The file's text. */
export function notebookJson(made: Notebook): string {
  return `${JSON.stringify(made, null, 1)}\n`;
}
