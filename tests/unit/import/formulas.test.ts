import { expect, test } from 'vitest';
import { convertFormulas } from '../../../src/import/formulas/convert.ts';
import { texOf } from '../../../src/import/formulas/tex-of.ts';

test.each([
  ['L = −log σ(β·Δ)', 'L = -\\log \\sigma(\\beta\\cdot\\Delta)'],
  ['π_θ(y_w|x) / π_ref(y_w|x)', '\\pi_{\\theta}(y_{w}|x) / \\pi_{\\mathrm{ref}}(y_{w}|x)'],
  ['A_i = (r_i - mean(r)) / std(r)', 'A_{i} = (r_{i} - \\operatorname{mean}(r)) / \\operatorname{std}(r)'],
  ['J = E_{x~D}[ Σ_t log p(y_t | x, y_<t) ]', 'J = E_{x\\sim D}[ \\sum_{t} \\log p(y_{t} | x, y_{<t}) ]'],
  ['loss = βx + 2.5', '\\mathrm{loss} = \\beta x + 2.5'],
  ['Z     = a^2', 'Z = a^{2}'],
  ['σ + 1e-4', '\\sigma + 1 \\cdot 10^{-4}'],
])('%s is certain', (line, tex) => {
  expect(texOf(line)).toEqual({ tex });
});

test.each([
  ['∂L/∂Δ → 0 when the pair is learned', '`when` may be prose, or a sign of another kind'],
  ['π*(y|x) = 1/Z(x)', 'the sign * may be a product or a mark'],
  ['b = 1/G        A = r - b', 'a gap may part two formulas'],
  ['σ(x', 'its brackets do not match'],
  ['x_ = 1', 'what stands below or above a sign is not clear'],
  ['loss: β', '`loss` may be prose, or a sign of another kind'],
  ['σ(x)  # sigmoid', '`#` may be prose, or a sign of another kind'],
])('%s is left alone', (line, reason) => {
  expect(texOf(line)).toEqual({ reason });
});

const report = (text: string) => {
  const { problems, lines, kept } = convertFormulas(text, 'a.md');
  return { said: problems.map(({ line, message }) => `${line} ${message}`), lines, kept };
};

test('a block becomes a formula of as many lines, and each line is reported', () => {
  const source = 'One:\n\n```\nρ = exp(log π_θ − log π_old)\n\nL = −min(ρ·A, A)\n```\n\nEnd.\n';
  const { text } = convertFormulas(source, 'a.md');
  expect(text).toBe(
    'One:\n\n$$\n\\begin{aligned} \\rho &= \\exp(\\log \\pi_{\\theta} - \\log \\pi_{\\mathrm{old}}) \\\\\n\nL &= -\\min(\\rho\\cdot A, A) \\end{aligned}\n$$\n\nEnd.\n',
  );
  expect(report(source)).toEqual({
    said: [
      '4 `ρ = exp(log π_θ − log π_old)` became `\\rho = \\exp(\\log \\pi_{\\theta} - \\log \\pi_{\\mathrm{old}})`',
      '6 `L = −min(ρ·A, A)` became `L = -\\min(\\rho\\cdot A, A)`',
    ],
    lines: 2,
    kept: 0,
  });
});

test('one line that is not certain keeps its whole block', () => {
  const source = '```\na = σ(b)\nσ is the sigmoid\n```\n';
  expect(convertFormulas(source, 'a.md').text).toBe(source);
  expect(report(source)).toEqual({
    said: [
      '2 `a = σ(b)` stays: another line of its block is not certain',
      '3 `σ is the sigmoid` stays: `is` may be prose, or a sign of another kind',
    ],
    lines: 0,
    kept: 2,
  });
});

test('code, drawings and blocks without the signs of a formula are not even looked at', () => {
  const source = '```python\nβ = 0.1\n```\n\n```\n├── π_θ\n```\n\n```\npip install trl\n```\n\n`σ(x)`\n';
  expect(convertFormulas(source, 'a.md')).toEqual({ text: source, problems: [], lines: 0, kept: 0 });
});
