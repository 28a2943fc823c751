import type { PhrasingContent, RootContent } from 'mdast';
import { explorerAnchor } from '../explorers/record.ts';
import { explorerNamed } from '../explorers/registry.ts';
import { isFlow } from '../markdown/element.ts';
import { attributeOf, type JsxElement } from '../markdown/jsx.ts';
import { threadUrl } from '../markdown/thread.ts';
import { quickFacts } from '../navigation/quick-facts.ts';
import { migrationRows } from '../trl/migration-rows.ts';
import { changesOf } from '../trl/release-changes.ts';
import { curvePlotNodes, runPlotNodes } from './figures.ts';
import { code, emphasis, link, list, paragraph, strong, table } from './nodes.ts';
import { pageUrl, siteUrl, type TwinScope } from './scope.ts';

/** A component, and how to render what belongs to it. */
export interface Component {
  node: JsxElement;
  /** What stands inside it. */
  plain(): RootContent[];
  /** A Markdown string of a record. */
  fragment(text: string): PhrasingContent[];
  scope: TwinScope;
}

/** What becomes of the components that an author may use. Any other is a figure that only works on the page. */
const makers: Readonly<Record<string, (component: Component) => RootContent[]>> = {
  Answer({ plain, scope }) {
    if (!scope.folded) return labelled('Answer.', plain());
    return [html('<details><summary>Answer</summary>'), ...plain(), html('</details>')];
  },
  Exercise({ node, plain, scope }) {
    scope.exercises.count += 1;
    const title = attributeOf(node, 'title') ?? '';
    return [paragraph(strong(`Exercise ${scope.exercises.count}. ${title}`)), ...plain()];
  },
  Question({ node, plain }) {
    const thread = attributeOf(node, 'thread');
    const url = threadUrl(thread ?? '');
    const source = thread && paragraph('Asked in ', url ? link(url, thread) : thread);
    return [paragraph(strong(attributeOf(node, 'ask') ?? '')), ...plain(), ...(source ? [source] : [])];
  },
  Note: ({ plain }) => aside('Note', plain()),
  Warning: ({ plain }) => aside('Warning', plain()),
  CurvePlot: ({ node, scope }) => curvePlotNodes(node, scope.source),
  RunPlot: ({ node, scope }) =>
    runPlotNodes(
      {
        script: attributeOf(node, 'script') ?? '',
        series: listed(attributeOf(node, 'series')),
        variants: listed(attributeOf(node, 'variants') ?? attributeOf(node, 'variant') ?? 'plain'),
        title: attributeOf(node, 'title') ?? '',
      },
      scope.source,
    ),
  Explorer: ({ node, scope }) => explorerNodes(node, scope),
  QuickFacts: ({ scope }) => quickFactNodes(scope),
  Migration: migrationNodes,
};

/** A component as plain Markdown. */
export function componentNodes(component: Component): RootContent[] {
  const { node, plain, scope } = component;
  const name = node.name ?? '';
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  return make ? make(component) : [...plain(), interactive(node, scope)];
}

/** An explorer only works on the page: its question, and where it stands. */
function explorerNodes(node: JsxElement, scope: TwinScope): RootContent[] {
  const record = explorerNamed(attributeOf(node, 'name') ?? '');
  if (!record) return [interactive(node, scope)];
  const place = `${pageUrl(scope.ref, scope)}#${explorerAnchor(record.name)}`;
  return [paragraph(emphasis('Interactive figure: ', link(place, record.title), '.'), ` ${record.question}`)];
}

/** `WordPlot` is "Word plot": what works only on the page, by name and address. */
function interactive(node: JsxElement, scope: TwinScope): RootContent {
  const words = (node.name ?? '').replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const title = attributeOf(node, 'title') ?? words;
  return paragraph(emphasis('Interactive figure: ', link(pageUrl(scope.ref, scope), title), '.'));
}

function aside(label: string, children: RootContent[]): RootContent[] {
  return [{ type: 'blockquote', children: labelled(`${label}.`, children).filter(isFlow) }];
}

/** A label in front of the first paragraph, or above what is none. */
function labelled(label: string, [first, ...rest]: RootContent[]): RootContent[] {
  if (first?.type !== 'paragraph') return [paragraph(strong(label)), ...(first ? [first] : []), ...rest];
  return [{ ...first, children: [strong(label), { type: 'text', value: ' ' }, ...first.children] }, ...rest];
}

function html(value: string): RootContent {
  return { type: 'html', value };
}

function listed(text = ''): string[] {
  return text.split(',').flatMap((each) => each.trim() || []);
}

function quickFactNodes(scope: TwinScope): RootContent[] {
  const trainer = scope.source.trainers.find(({ slug }) => slug === scope.trainers[0]);
  if (!trainer) return [];
  const items = quickFacts(trainer, scope.source, scope.ref).map(({ label, parts }) => {
    const words = parts.map((part): string | PhrasingContent => {
      if (typeof part === 'string') return { type: 'text', value: part };
      const shown: PhrasingContent = part.code ? code(part.text) : { type: 'text', value: part.text };
      if (part.to === undefined) return shown;
      return link(part.to.startsWith('/') ? siteUrl(part.to, scope) : part.to, shown);
    });
    return [paragraph(strong(label), ': ', ...words)];
  });
  return [list(items)];
}

function migrationNodes({ node, fragment, scope: { source } }: Component): RootContent[] {
  const trainer = source.trainers.find(({ slug }) => slug === attributeOf(node, 'trainer'));
  if (!trainer) return [];
  const changes = changesOf(trainer, source.facts, source.history);
  const rows = migrationRows(changes, source.migration, source.facts[0]?.trl);
  const heads = ['In older scripts', 'Since', 'What to do'].map((value) => [
    { type: 'text' as const, value },
  ]);
  return [
    table([
      heads,
      ...rows.map(({ changes: of, since, say }) => [
        of.flatMap(({ name, what }, index): PhrasingContent[] => [
          ...(index === 0 ? [] : [{ type: 'text' as const, value: '; ' }]),
          code(name),
          { type: 'text', value: ` ${what}` },
        ]),
        [{ type: 'text' as const, value: since }],
        fragment(say),
      ]),
    ]),
  ];
}
