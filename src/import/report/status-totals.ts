import type { Problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';

/** Claims of STATUS files on the imported files that these do not bear out. */
export function statusTotals(_files: readonly ImportFile[]): Problem[] {
  return [];
}
