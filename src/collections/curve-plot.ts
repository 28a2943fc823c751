import { z } from 'zod';

const point = z.tuple([z.number(), z.number()]);

/** `content/curves/<name>.json`, written by `npm run curves` from the Python file beside it. */
export const curvePlotSchema = z.strictObject({
  name: z.string(),
  panels: z
    .array(
      z.strictObject({
        /** Quantity and unit of the axis: `margin, nats`. */
        x: z.string(),
        y: z.string(),
        lines: z
          .array(
            z.strictObject({
              name: z.string(),
              /** `chosen`, `rejected`, `policy`, `reference`, or a number for a curve without a fixed role. */
              tone: z.union([
                z.enum(['chosen', 'rejected', 'policy', 'reference']),
                z.literal([1, 2, 3, 4, 5, 6]),
              ]),
              points: z.array(point).min(2),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

/** A figure of functions, computed by distilled code. */
export type CurvePlot = z.output<typeof curvePlotSchema>;
