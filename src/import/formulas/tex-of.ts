/*
 * A line of a formula as people type it, `L = −log σ(β·Δ)`, as TeX. The grammar is small and strict: what it does not
 * know for certain, such as a word that may be prose, is left alone with a reason.
 */

/** The TeX of a line, or why it is not certain. */
export type TexOf = { tex: string } | { reason: string };

const greek: Readonly<Record<string, string>> = {
  ...{
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    ε: 'epsilon',
    ζ: 'zeta',
    η: 'eta',
    θ: 'theta',
    κ: 'kappa',
  },
  ...{
    λ: 'lambda',
    μ: 'mu',
    ν: 'nu',
    ξ: 'xi',
    π: 'pi',
    ρ: 'rho',
    σ: 'sigma',
    τ: 'tau',
    φ: 'phi',
    χ: 'chi',
    ψ: 'psi',
  },
  ...{
    ω: 'omega',
    Γ: 'Gamma',
    Δ: 'Delta',
    Θ: 'Theta',
    Λ: 'Lambda',
    Π: 'Pi',
    Σ: 'Sigma',
    Φ: 'Phi',
    Ψ: 'Psi',
    Ω: 'Omega',
  },
};

const signs: Readonly<Record<string, string>> = {
  ...{
    '−': '-',
    '·': '\\cdot',
    '×': '\\times',
    '≈': '\\approx',
    '≤': '\\le',
    '≥': '\\ge',
    '≠': '\\ne',
    '∈': '\\in',
  },
  ...{
    '→': '\\to',
    '∞': '\\infty',
    '∇': '\\nabla',
    '∂': '\\partial',
    '∑': '\\sum',
    '∏': '\\prod',
    '∝': '\\propto',
  },
  ...{
    '‖': '\\|',
    '∥': '\\|',
    '≻': '\\succ',
    '½': '\\tfrac12',
    '±': '\\pm',
    '∼': '\\sim',
    '~': '\\sim',
    𝔼: '\\mathbb{E}',
  },
  ...{
    '+': '+',
    '-': '-',
    '/': '/',
    '=': '=',
    '<': '<',
    '>': '>',
    ',': ',',
    '(': '(',
    ')': ')',
    '[': '[',
    ']': ']',
  },
  ...{ '|': '|', '!': '!', "'": "'", '{': '\\{', '}': '\\}' },
};

/** Functions that TeX has, and those that are written upright. */
const functions = new Set([
  'log',
  'ln',
  'exp',
  'max',
  'min',
  'sin',
  'cos',
  'tanh',
  'sup',
  'inf',
  'arg',
  'det',
  'dim',
]);
const upright = new Set([
  'KL',
  'clip',
  'sigmoid',
  'softmax',
  'softplus',
  'sign',
  'std',
  'mean',
  'var',
  'argmax',
  'argmin',
  'sum',
]);

const token =
  /(?<space>\s+)|(?<script>[_^])|(?<star>\*)|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<word>[A-Za-z]+)|(?<letter>[\u0370-\u03ff])|(?<other>.)/gsu;

/** Turns one line into TeX. */
export function texOf(line: string): TexOf {
  const tokens = [...line.trim().matchAll(token)];
  const parts: string[] = [];
  let lastWord = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const { groups = {}, 0: text } = tokens[at] ?? { 0: '' };
    if (groups.space !== undefined) {
      const isBeside = /[=≈≤≥∝]/.test(`${tokens[at - 1]?.[0]}${tokens[at + 1]?.[0]}`);
      if (text.length > 2 && !isBeside) return { reason: 'a gap may part two formulas' };
      parts.push(' ');
      continue;
    }
    let tex: string | undefined;
    let isWord = false;
    if (groups.script !== undefined) {
      const found = scriptAt(tokens, at + 1);
      if ('reason' in found) return found;
      tex = `${text}{${found.tex}}`;
      at = found.next - 1;
    } else if (groups.star !== undefined) {
      const isSpaced =
        tokens[at - 1]?.groups?.space !== undefined && tokens[at + 1]?.groups?.space !== undefined;
      if (!isSpaced) return { reason: 'the sign * may be a product or a mark' };
      tex = '\\cdot';
    } else if (groups.word !== undefined) {
      isWord = text.length > 1;
      if (isWord && lastWord) return { reason: `\`${text}\` may be prose` };
      const isCalled = tokens[at + 1]?.[0] === '(' || tokens[at + 1]?.[0] === '_';
      const isDefined =
        parts.length === 0 &&
        /^\s*=/.test(
          tokens
            .slice(at + 1)
            .map(([each]) => each)
            .join(''),
        );
      tex = wordTex(text, isCalled || isDefined);
    } else if (groups.number !== undefined) tex = text.replace(/e\+?(.+)/, ' \\cdot 10^{$1}');
    else if (text === 'Σ' && tokens[at + 1]?.[0] === '_') tex = '\\sum';
    else if (groups.letter !== undefined) tex = Object.hasOwn(greek, text) ? `\\${greek[text]}` : undefined;
    else tex = Object.hasOwn(signs, text) ? signs[text] : undefined;
    if (tex === undefined) return { reason: `\`${text}\` may be prose, or a sign of another kind` };
    // A command needs a space before a letter that follows it.
    const joint = /\\[A-Za-z]+$/.test(parts.at(-1) ?? '') && /^[A-Za-z]/.test(tex) ? ' ' : '';
    parts.push(joint + tex);
    lastWord = isWord && !functions.has(text);
  }
  const tex = parts.join('').replace(/\s+/g, ' ').trim();
  return isBalanced(line) ? { tex } : { reason: 'its brackets do not match' };
}

function wordTex(word: string, isNamed: boolean): string | undefined {
  if (word.length === 1) return word;
  if (functions.has(word)) return `\\${word}`;
  if (upright.has(word)) return `\\operatorname{${word}}`;
  return isNamed ? `\\mathrm{${word}}` : undefined;
}

type Tokens = readonly RegExpExecArray[];

/** What stands below or above: one sign, a name, or what braces hold. */
function scriptAt(tokens: Tokens, start: number): { tex: string; next: number } | { reason: string } {
  const first = tokens[start];
  if (first?.[0] === '{') {
    const end = tokens.findIndex(([text], index) => index > start && text === '}');
    if (end < 0) return { reason: 'its braces do not match' };
    const inner = texOf(
      tokens
        .slice(start + 1, end)
        .map(([text]) => text)
        .join(''),
    );
    return 'reason' in inner ? inner : { tex: inner.tex, next: end + 1 };
  }
  // What came before `t`: `y_<t`.
  const below = first?.[0] === '<' ? scriptAt(tokens, start + 1) : undefined;
  if (below) return 'reason' in below ? below : { ...below, tex: `<${below.tex}` };
  const { number, word, letter } = first?.groups ?? {};
  if (number !== undefined) return { tex: number, next: start + 1 };
  if (word !== undefined) return { tex: word.length > 1 ? `\\mathrm{${word}}` : word, next: start + 1 };
  if (letter !== undefined && Object.hasOwn(greek, letter))
    return { tex: `\\${greek[letter]}`, next: start + 1 };
  return { reason: 'what stands below or above a sign is not clear' };
}

function isBalanced(line: string): boolean {
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  for (const sign of line) {
    if ('([{'.includes(sign)) open.push(sign);
    else if (Object.hasOwn(pairs, sign) && open.pop() !== pairs[sign]) return false;
  }
  return open.length === 0;
}
