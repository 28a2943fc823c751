import { describe, expect, test } from 'vitest';
import { layoutPanel, type PanelSpec } from '../../../src/figures/panel.ts';
import { cursorMarkup, panelMarkup } from '../../../src/figures/panel-markup.ts';

const spec: PanelSpec = {
  x: { domain: [0, 100], label: 'optimizer step' },
  y: { domain: [-1, 1], label: 'rewards' },
  lines: [
    {
      name: 'chosen',
      points: [
        [0, 0],
        [100, 0.5],
      ],
      tone: 'chosen',
      dash: 0,
    },
    {
      name: 'rejected',
      points: [
        [0, 0],
        [100, 0.48],
      ],
      tone: 'rejected',
      dash: 1,
    },
  ],
  labels: true,
};

/** The text elements of markup, as [content, x, y]. */
const texts = (markup: string) =>
  [...markup.matchAll(/<text class="[^"]*" x="([^"]+)" y="([^"]+)">([^<]*)</g)].map(
    ([, x, y, content]) => [content, Number(x), Number(y)] as const,
  );

describe('panelMarkup', () => {
  test('labels both axes, with ticks as words', () => {
    const written = texts(panelMarkup(spec)).map(([content]) => content);
    expect(written).toEqual(
      expect.arrayContaining(['rewards', 'optimizer step', '−1.0', '0.0', '1.0', '0', '20', '100']),
    );
  });

  test('names lines at their ends, apart although the ends nearly touch', () => {
    const names = texts(panelMarkup(spec)).filter(
      ([content]) => content?.endsWith('ed') || content === 'chosen',
    );
    expect(names.map(([content]) => content)).toEqual(['chosen', 'rejected']);
    expect((names[1]?.[2] ?? 0) - (names[0]?.[2] ?? 0)).toBeCloseTo(12, 6);
  });

  test('leaves room for the longest name, and none when lines have no labels', () => {
    expect(layoutPanel(spec).right).toBeLessThan(layoutPanel({ ...spec, labels: false }).right - 40);
  });

  test('lines differ by class, in colour and without', () => {
    const classes = [...panelMarkup(spec).matchAll(/fig-line ([^"]+)"/g)].map(([, found]) => found);
    expect(classes).toEqual(['tone-chosen dash-0', 'tone-rejected dash-1']);
  });

  test('raw values behind a smoothed line are faint and have no name', () => {
    const [line] = spec.lines;
    if (!line) throw new Error('the panel has lines');
    const markup = panelMarkup({ ...spec, lines: [{ ...line, faint: true }, line] });
    expect(texts(markup).filter(([content]) => content === 'chosen')).toHaveLength(1);
    expect(markup).toContain('dash-0 fig-faint');
  });

  test('names cannot break out of the markup, nor bring styles', () => {
    const markup = panelMarkup({ ...spec, y: { ...spec.y, label: '<b>"&' } });
    expect(markup).toContain('>&#60;b&#62;&#34;&#38;<');
    expect(markup).not.toContain('style=');
  });
});

test('a cursor marks the values inside the panel', () => {
  const [chosen, rejected] = spec.lines;
  if (!chosen || !rejected) throw new Error('the panel has lines');
  const markup = cursorMarkup(spec, 50, [
    { line: chosen, y: 0.25 },
    { line: rejected, y: 7 },
  ]);
  expect(markup.match(/<circle/g)).toHaveLength(1);
  expect(markup).toContain('tone-chosen');
});
