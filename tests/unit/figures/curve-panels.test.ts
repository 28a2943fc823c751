import { expect, test } from 'vitest';
import { curvePlotSchema } from '../../../src/collections/curve-plot.ts';
import { curveNumbers, curvePanels } from '../../../src/figures/curve-panels.ts';

const plot = curvePlotSchema.parse({
  name: 'value',
  panels: [
    {
      x: 'log-ratio, nats',
      y: 'value',
      lines: [
        {
          name: 'gain',
          tone: 'chosen',
          points: [
            [-1, 0.25],
            [0, 0.5],
            [1, 0.75],
          ],
        },
        {
          name: 'loss',
          tone: 2,
          points: [
            [-1, -0.5],
            [1, 0.5],
          ],
        },
      ],
    },
  ],
});

test('a panel spans the x of its lines, and lines differ without colour', () => {
  const [panel] = curvePanels(plot);
  expect(panel).toMatchObject({
    title: 'value against log-ratio, nats',
    description: 'gain: 0.25 at −1, 0.75 at 1; loss: −0.5 at −1, 0.5 at 1',
    spec: { x: { domain: [-1, 1] }, y: { domain: [-1, 1] }, labels: true },
  });
  expect(panel?.spec.lines.map(({ tone, dash }) => [tone, dash])).toEqual([
    ['chosen', 0],
    [2, 1],
  ]);
});

test('the numbers leave a cell empty where a line has no point', () => {
  const [panel] = plot.panels;
  if (!panel) throw new Error('the plot has a panel');
  expect(curveNumbers(panel)).toEqual({
    heads: ['gain', 'loss'],
    rows: [
      { x: '−1', values: ['0.250', '−0.500'] },
      { x: '0', values: ['0.500', ''] },
      { x: '1', values: ['0.750', '0.500'] },
    ],
  });
});
