import type { Heading, Paragraph, Root } from 'mdast';
import { toString as textContent } from 'mdast-util-to-string';
import type { Trainer } from '../../collections/trainer.ts';
import type { ImportRole } from '../import-file.ts';
import { bareName, wordsOf } from '../naming/file-name.ts';

/** What the frontmatter of an imported page holds of its text. */
export interface PageMetadata {
  title: string;
  question: string;
  summary: string;
  difficulty: number;
  covers: string[];
}

interface Subject {
  path: string;
  role: ImportRole;
  /** The first trainer of the registry that the page is about. */
  trainer: Trainer | undefined;
}

/** The lengths that the frontmatter allows. */
const most = { title: 90, summary: 220, cover: 80, covers: 12 };

/** The first-level heading that becomes the page's title: the first heading of all, short enough to be one. */
export function titleHeading(tree: Root): Heading | undefined {
  const first = tree.children.find((node) => node.type === 'heading');
  if (first?.depth !== 1) return undefined;
  const text = lineOf(first);
  return text.length >= 3 && text.length <= most.title ? first : undefined;
}

/** Derives a page's metadata from its headings, its bold labels (`**Purpose**: …`) and its first paragraph. */
export function pageMetadata(tree: Root, subject: Subject): PageMetadata {
  const { path, role, trainer } = subject;
  const headings = tree.children.filter((node) => node.type === 'heading');
  const named = titleHeading(tree) ?? headings.find(({ depth }) => depth === 1);
  const title = titleOf(named ? lineOf(named) : '', path);
  const labels = labelsOf(tree);
  const summary = ['purpose', 'summary', 'description', 'goal']
    .map((label) => labels.get(label))
    .find(Boolean);
  const sections = headings.filter((node) => node !== named);
  const top = Math.min(...sections.map(({ depth }) => depth));
  return {
    title,
    question: questionOf(title, role, trainer),
    summary: summaryOf([summary, firstParagraph(tree)], title, path),
    difficulty: difficultyOf(labels.get('level') ?? labels.get('difficulty')) ?? trainer?.difficulty ?? 2,
    covers: coversOf(sections.filter(({ depth }) => depth === top).map(lineOf), title),
  };
}

/** A title from what the text calls itself, else from the file's name. */
export function titleOf(written: string, path: string): string {
  const name = wordsOf(bareName(path)) || 'Untitled';
  const title = written.length >= 3 ? written : name.length >= 3 ? name : `The file ${name}`;
  return shorten(title, most.title);
}

/** The first text that says enough, cut at a word; or where the page comes from. */
export function summaryOf(texts: readonly (string | undefined)[], title: string, path: string): string {
  const found = texts.find((text) => text !== undefined && text.length >= 20);
  return shorten(found ?? `${title}: imported from ${path}, without a summary.`, most.summary);
}

export function questionOf(title: string, role: ImportRole, trainer: Trainer | undefined): string {
  if (trainer && role === 'annotated') return `How does the ${trainer.name} trainer work inside?`;
  if (trainer && role === 'script') return `How is a ${trainer.name} training run written?`;
  const subject = title.replace(/^[^\p{L}\p{N}`"'(]+|[?!.:\s]+$/gu, '');
  return `What is there to know about ${subject || title}?`;
}

/** Topics: what is no table of contents, each once. */
export function coversOf(names: readonly string[], title: string): string[] {
  const topics = names.filter((name) => name !== '' && !/\bcontents$/i.test(name));
  const unique = [...new Set(topics.map((name) => shorten(name, most.cover)))].slice(0, most.covers);
  return unique.length > 0 ? unique : [title];
}

/** Cuts a text at a word. */
export function shorten(text: string, length: number): string {
  const line = [...text.replace(/[\s\p{Cc}]+/gu, ' ').trim()].join('');
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`;
}

/** `**Purpose**: text` and `**Purpose:** text`, by the label in lower case; each label's first value. */
function labelsOf(tree: Root): Map<string, string> {
  const labels = new Map<string, string>();
  for (const node of tree.children.slice(0, 12)) {
    if (node.type !== 'paragraph' || !isLabels(node)) continue;
    for (const line of textContent(node).split('\n')) {
      const { label = '', value = '' } =
        /^(?<label>[\p{L} ]{2,24}):\s*(?<value>.+)$/u.exec(line.trim())?.groups ?? {};
      const key = label.toLowerCase();
      if (key !== '' && !labels.has(key)) labels.set(key, value.trim());
    }
  }
  return labels;
}

/** Whether a paragraph begins with a bold label and a colon. */
export function isLabels({ children: [first, second] }: Paragraph): boolean {
  if (first?.type !== 'strong') return false;
  return textContent(first).endsWith(':') || (second?.type === 'text' && second.value.startsWith(':'));
}

function firstParagraph(tree: Root): string | undefined {
  for (const node of tree.children) {
    if (node.type !== 'paragraph' || isLabels(node)) continue;
    const line = lineOf(node);
    if (line.length >= 20) return line;
  }
  return undefined;
}

function difficultyOf(level: string | undefined): number | undefined {
  const words = [/beginner|easy|basic/i, /intermediate|medium/i, /advanced|hard/i, /expert|research/i];
  const found = words.findIndex((word) => word.test(level ?? ''));
  return found < 0 ? undefined : found + 1;
}

function lineOf(node: Heading | Paragraph): string {
  return textContent(node).replace(/\s+/g, ' ').trim();
}
