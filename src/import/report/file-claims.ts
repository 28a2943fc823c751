import type { ImportFile } from '../import-file.ts';
import { type Claim, numberOf, roughly } from './claim.ts';
import { countedLines } from './tally.ts';

/** A path: that it is there when it is called finished, and the lines and sizes that stand beside it. */
export function fileClaims(line: string, files: readonly ImportFile[], section: string): Claim[] {
  const paths = [...line.matchAll(/[\w./-]+\.(?:md|py)\b/g)];
  const [only] = paths;
  if (!only || paths.length > 1) return [];
  const path = only[0].replace(/^\.\//, '');
  const named = files.filter((each) => each.path === path || each.path.endsWith(`/${path}`));
  const done =
    /[✅✔☑✓]|\[x\]|\b(?:done|complete[d]?|finished)\b/iu.test(line) &&
    !/planned|todo|pending|next|missing|not /i.test(line + section);
  if (named.length === 0) {
    if (!done) return [];
    return [
      {
        column: only.index + 1,
        length: only[0].length,
        says: `\`${path}\` called finished`,
        found: 'a file of that name in the folder',
      },
    ];
  }
  const [of] = named;
  if (!of || named.length > 1) return [];
  const from = only.index + only[0].length;
  return [...lineClaim(line.slice(from), of), ...sizeClaim(line.slice(from), of)].map((claim) => ({
    ...claim,
    column: claim.column + from,
  }));
}

function lineClaim(rest: string, of: ImportFile): Claim[] {
  const claim = /(\d{1,3}(?:,\d{3})+|\d+)(\+?) lines\b/i.exec(rest);
  if (!claim || claim[2] === '+' || roughly.test(rest.slice(0, claim.index))) return [];
  const count = countedLines(of.text);
  if (numberOf(claim[1]) === count) return [];
  const found = `${count} lines of \`${of.path}\``;
  return [{ column: claim.index + 1, length: claim[0].length, says: claim[0], found }];
}

/** Sizes are rounded, in thousands or in 1024s, and the import has taken carriage returns away: a tenth is no error. */
function sizeClaim(rest: string, of: ImportFile): Claim[] {
  const claim = /(\d+(?:\.\d+)?)(\+?) ?([kKM])i?B\b/.exec(rest);
  if (!claim || claim[2] === '+' || roughly.test(rest.slice(0, claim.index))) return [];
  const power = claim[3] === 'M' ? 2 : 1;
  const size = Buffer.byteLength(of.text);
  const withReturns = size + countedLines(of.text);
  const rounding = 0.5 / 10 ** (claim[1]?.split('.')[1]?.length ?? 0);
  const fits = [1000, 1024].some((unit) => {
    const low = size / unit ** power;
    const high = withReturns / unit ** power;
    return numberOf(claim[1]) >= low * 0.9 - rounding && numberOf(claim[1]) <= high * 1.1 + rounding;
  });
  if (fits) return [];
  const bytes = size < 1000 ? `${size} bytes` : `${(size / 1000).toFixed(1)} KB`;
  return [
    { column: claim.index + 1, length: claim[0].length, says: claim[0], found: `${bytes} of \`${of.path}\`` },
  ];
}
