import { readContent } from '../../../src/collections/read-content.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import type { TwinPage, TwinSite } from '../../../src/markdown-twin/scope.ts';

const read = await readContent('tests/fixtures/markdown/content');

/** The content of the Markdown fixtures, with a figure of functions and an answer to a change beside it. */
export const source = {
  ...read,
  curves: [
    {
      name: 'line',
      panels: [
        {
          x: 'x',
          y: 'y',
          lines: [
            {
              name: 'y',
              tone: 1 as const,
              points: [
                [0, 0],
                [1, 2],
              ] as [number, number][],
            },
          ],
        },
      ],
    },
  ],
  migration: [{ changes: ['PPOTrainer'], say: 'Take `DPOTrainer`.' }],
};

/** A page of the fixtures with another text. */
export function pageOf(
  [folder, id]: readonly ['annotated-trainers' | 'reference-guides' | 'example-scripts', string],
  body?: string,
): TwinPage {
  const kinds = {
    'annotated-trainers': ['trainers', 'annotated'],
    'reference-guides': ['guides', 'guide'],
    'example-scripts': ['examples', 'script'],
  } as const;
  const [section, kind] = kinds[folder];
  const ref = `${section}/${id}`;
  const entry = [...source.annotated, ...source.guides, ...source.scripts].find((each) => each.ref === ref);
  if (!entry) throw new Error(`expected an entry ${ref} in the fixtures, found none`);
  const checks: TwinPage['checks'] = [
    {
      id: 'dpo/equality',
      kind: 'equality',
      state: 'stale',
      title: 'Distilled DPO equals DPOTrainer',
      trainers: ['dpo'],
      trl: '1.16.0',
      date: '2026-01-02',
      passed: 12,
      failed: 0,
      reasons: ['`content/distilled/dpo.py` changed'],
    },
  ];
  const { file, data } = entry;
  return { ref, id, kind, file, data, body: body ?? entry.body, minutes: 3, checks };
}

export const guide = pageOf(['reference-guides', 'guide']);

export const site: TwinSite = {
  source,
  pages: new Map([[guide.ref, guide]]),
  context: createMarkdownContext(source, { base: '/docs/' }),
  origin: 'https://example.org',
};
