import { parsePython } from '../../checks/content/python-tree.ts';
import type { Place } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { type CommandOption, commandOptions } from './commands.ts';
import { type CodeBlock, markdownCode } from './markdown-code.ts';
import { type PythonText, pythonText } from './python-text.ts';

/** A name in a sentence or a table: `DPOConfig.beta`, `max_length`, `packing=True`. */
export interface Mention extends Place {
  text: string;
}

/** What a file says of TRL, as far as it is code. */
export interface Pieces {
  /** Whole scripts and blocks of code: they share a namespace. */
  code: PythonText[];
  /** Calls and imports in the prose, each by itself. */
  snippets: PythonText[];
  mentions: Mention[];
  options: CommandOption[];
  /** The first syntax error of each piece that is meant to be whole. */
  broken: (Place & { message: string })[];
}

const strongSign =
  /^\s*(?:from [\w.]+ import \S|import [\w.]+(?: as \w+)?\s*$|(?:\w+ = )?[\w.]*(?:Config|Trainer)\($|(?:\w+ = )?\w+(?:Config|Trainer)\()/m;
const python = new Set(['python', 'py', 'python3', 'ipython', 'ipython3', 'pycon', 'py3']);

/** Takes a file apart. Code that is plainly no Python is left out. */
export function piecesOf(file: ImportFile): Pieces {
  if (file.path.endsWith('.py')) {
    const whole = pythonText(file.shown, file.text, 1, 0);
    return { code: [whole], snippets: [], mentions: [], options: [], broken: brokenIn(whole) };
  }
  const { blocks, inline } = markdownCode(file.text);
  const pieces: Pieces = { code: [], snippets: [], mentions: [], options: [], broken: [] };
  for (const block of blocks) {
    const tagged = block.language !== undefined && python.has(block.language);
    if (isShell(block)) pieces.options.push(...commandOptions(file.shown, block));
    if (!tagged && (block.language !== undefined || !strongSign.test(block.text))) continue;
    const piece = fencePiece(file, block);
    pieces.code.push(piece);
    if (tagged || /^(?:from trl|import trl)\b/m.test(piece.text)) {
      pieces.broken.push(...brokenIn(piece).filter(() => isWhole(piece.text)));
    }
  }
  for (const { text, line, column } of inline) {
    if (/^(?:from|import) trl\b|^[\w.]+\(.+\)?$/.test(text)) {
      pieces.snippets.push(pythonText(file.shown, placeholders(text), line, column - 1));
    } else {
      pieces.mentions.push({ file: file.shown, text, line, column, length: text.length });
    }
  }
  return pieces;
}

function isShell({ language = 'sh' }: CodeBlock): boolean {
  return /^(?:sh|bash|zsh|shell|console|shell-session|shellsession|terminal)$/.test(language);
}

/** What a notebook adds to Python is blanked: prompts, the output between them, shell lines. */
function fencePiece(file: ImportFile, block: CodeBlock): PythonText {
  const session = /^>>> /m.test(block.text);
  const indents = [...block.indents];
  const lines = block.text.split('\n').map((line, index) => {
    if (session) {
      const prompt = /^(?:>>>|\.\.\.) ?/.exec(line)?.[0];
      indents[index] = (indents[index] ?? 0) + (prompt?.length ?? 0);
      return prompt === undefined ? '' : line.slice(prompt.length);
    }
    return /^\s*(?:[!%]|\$ )/.test(line) ? line.replace(/\S/, '#') : line;
  });
  return pythonText(file.shown, placeholders(lines.join('\n')), block.line, indents);
}

/** `…` stands for what is left out; Python has a name for it that is as long as the sign. */
function placeholders(text: string): string {
  return text.replaceAll('…', '_');
}

function brokenIn(piece: PythonText): (Place & { message: string })[] {
  const { error } = parsePython(piece.text);
  return error ? [{ message: error.message, ...piece.place(error.from, error.to) }] : [];
}

/** A fence may show the middle of something: signatures without bodies, a branch, words left out. */
function isWhole(text: string): boolean {
  const code = text.replace(/#.*$/gm, '').trim();
  const isFragment = /^(?:elif|else|except|finally|case)\b/.test(code) || /:$/.test(code) || /^@/.test(code);
  const leavesOut =
    /(?<![\w\])"'])\.\.\.(?=\s*\S)[^\n,)\]]*[a-z]/i.test(code) || /(?<=[\w,(] ?)_(?= ?[,)])/.test(code);
  const bodiless = /^\s*(?:def|class)\b[^\n]*:\s*\n(?=\S|\s*$)/m.test(`${code}\n`);
  const isDiff = /^[+-] ?\w/m.test(text) && /^-/m.test(text) && /^\+/m.test(text);
  return !isFragment && !leavesOut && !bodiless && !isDiff;
}
