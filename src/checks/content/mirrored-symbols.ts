import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { CheckContext } from './check.ts';

/** Every TRL symbol that a region of a distilled file says it mirrors exists. */
export function checkMirroredSymbols(source: ContentSource, { trl }: CheckContext): Problem[] {
  return source.distilled.flatMap(({ name: stem, file, text, regions }) => {
    const trainer = stem.replaceAll('_', '-');
    const lines = text.split('\n');
    return regions.flatMap(({ name, mirrors }) => {
      const index = lines.findIndex((line) => new RegExp(`^\\s*#\\s*region\\s+${name}\\s`).test(line));
      return mirrors.flatMap((symbol) => {
        const found = trl.resolve(symbol, trainer);
        if (found.kind === 'found') return [];
        const column = (lines[index]?.indexOf(symbol) ?? 0) + 1;
        const place = { file, line: index + 1, column: Math.max(1, column), length: symbol.length };
        const meant = found.kind === 'unknown' ? found.suggestion : undefined;
        const message = `region \`${name}\` mirrors \`${symbol}\`, which TRL does not have`;
        return [
          problem('symbol-unknown', place, message, { suggestion: meant && `did you mean \`${meant}\`?` }),
        ];
      });
    });
  });
}
