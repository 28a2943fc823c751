import type { Line, PanelSpec } from '../figures/panel.ts';

/** A panel of an explorer, and what stands at its cursor. */
export interface CursorPanel {
  spec: PanelSpec;
  /** What it shows, for those who do not see it. */
  description: string;
  /** Not shown in this state. */
  hidden?: boolean;
  /** A position on the x axis, and each line's value there. A panel over another quantity has none. */
  cursor?: { x: number; values: readonly { line: Line; y: number }[] };
  /** The cursor's value at a position on the x axis, where that axis has another quantity. */
  valueAt?: (x: number) => number;
}
