import { type Problem, problem } from '../../../src/errors/problem.ts';

/** Two findings, as the checks make them. */
export const problems: Problem[] = [
  problem(
    'trainer-unknown',
    { file: 'a.mdx', line: 9, column: 12, length: 4 },
    'the registry has no trainer `dpoo`',
    {
      suggestion: 'did you mean `dpo`?',
      excerpt: 'trainers: [dpoo]',
    },
  ),
  problem('file-empty', { file: 'b,c.mdx', line: 1, column: 1 }, '100% empty', { severity: 'warning' }),
];
