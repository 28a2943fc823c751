import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import type { ExampleEdit } from '../../../src/errors/example-edit.ts';
import type { Problem } from '../../../src/errors/problem.ts';

/** The tool that finds what an example of `run: tool` shows. */
export async function runExampleTool(
  code: ErrorCode,
  _dir: string,
  _edits: readonly ExampleEdit[],
  _form: 'broken' | 'mended',
): Promise<readonly Problem[]> {
  throw new Error(`tests/unit/errors/example-tools.ts does not know how to run the example of ${code}`);
}
