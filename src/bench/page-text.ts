import type { Random } from '../fuzz/random.ts';

/*
 * Text of made-up pages. Sentences, formulas and code are put together from pieces, so that no two pages share
 * more than their words: what is kept by content from page to page would be measured as work that is not there.
 */

const words = [
  ...[
    'policy',
    'reference',
    'reward',
    'margin',
    'gradient',
    'advantage',
    'completion',
    'prompt',
    'batch',
    'token',
  ],
  ...[
    'sample',
    'group',
    'baseline',
    'estimate',
    'variance',
    'bias',
    'logit',
    'entropy',
    'divergence',
    'ratio',
  ],
  ...[
    'grows',
    'falls',
    'bounds',
    'weights',
    'normalises',
    'clips',
    'averages',
    'compares',
    'masks',
    'shifts',
  ],
  ...['small', 'large', 'stable', 'noisy', 'frozen', 'sparse', 'dense', 'longer', 'shorter', 'relative'],
  ...['the', 'a', 'each', 'every', 'this', 'no', 'with', 'under', 'before', 'after', 'while', 'because'],
] as const;

const greek = ['\\alpha', '\\beta', '\\gamma', '\\lambda', '\\pi_\\theta', '\\sigma', '\\epsilon'] as const;
const letters = ['x', 'y', 'r', 'A', 'w', 'z', 'p', 'q'] as const;

/** `The margin falls under every noisy baseline.` */
export function sentence(random: Random): string {
  const chosen = Array.from({ length: 8 + random.below(14) }, () => random.pick(words)).join(' ');
  return `${chosen[0]?.toUpperCase()}${chosen.slice(1)}.`;
}

export function paragraph(random: Random): string {
  return Array.from({ length: 3 + random.below(4) }, () => sentence(random)).join(' ');
}

/** TeX of the size that the guides have: a sum over a group, a logarithm, an exponential of a difference. */
export function formula(random: Random): string {
  const [a, b, c] = [random.pick(greek), random.pick(greek), random.pick(letters)];
  const [n, k] = [1 + random.below(90), 1 + random.below(900)];
  return random.pick([
    `\\mathcal{L}(${a})=-\\frac{1}{${k}}\\sum_{i=1}^{${n}}\\log\\sigma\\big({${b}}\\,${c}_i-${k}\\big)`,
    `\\nabla ${c}=\\mathbb{E}_{y\\sim\\pi_\\theta}\\left[\\frac{${c}(y)-${k}}{\\sqrt{${n}+${a}}}\\,\\nabla\\log ${b}\\right]`,
    `${c}_{${n}}=\\min\\big(\\rho_{${k}}\\hat{A},\\ \\mathrm{clip}(\\rho_{${k}},1-${a},1+${b})\\hat{A}\\big)`,
    `\\mathrm{KL}=\\sum_{t=1}^{${k}} e^{{${a}}_{${n}}-{${b}}_t}-(${c}_t-${n})-1`,
  ]);
}

/** A function in Python, 8 to 20 lines. */
export function python(random: Random): string {
  const name = `${random.pick(words)}_${random.below(10_000)}`;
  const lines = Array.from({ length: 5 + random.below(12) }, (_, at) => {
    const [a, b] = [random.pick(words), random.pick(words)];
    return random.pick([
      `    step_${at} = value * ${random.below(1000)} + len("${a} ${b}")  # ${a} ${random.below(100)}`,
      `    for item in range(${random.below(50)}):\n        value = value - item / ${1 + random.below(9)}`,
      `    print(f"${a}: {value:.${random.below(5)}f}", "${b}")`,
      `    values_${at} = [value ** ${random.below(7)} for value in (0.1, ${random.below(99)}.5) if value]`,
    ]);
  });
  return [
    `def ${name}(value: float) -> float:`,
    `    """${sentence(random)}"""`,
    ...lines,
    '    return value',
  ].join('\n');
}
