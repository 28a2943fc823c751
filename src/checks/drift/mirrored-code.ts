import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { type Definition, digestOf } from '../../trl/definition.ts';
import { drift, type Upgrade } from './drift.ts';

/** Regions of distilled code that mirror a definition whose code the newer release changes or takes away. */
export function mirroredCode(source: ContentSource, upgrade: Upgrade): Problem[] {
  return source.distilled.flatMap(({ name: trainer, file, text, regions }) => {
    const lines = text.split('\n');
    const near = source.trainers.find(({ slug }) => slug === trainer)?.class;
    return regions.flatMap((region) => {
      const index = lines.findIndex((line) => new RegExp(`^\\s*#\\s*region\\s+${region.name}\\s`).test(line));
      return region.mirrors.flatMap((symbol) => {
        const compared = upgrade.compare(symbol, near);
        if (!compared) return [];
        const { before, after } = compared;
        if (after && !differs(before, after)) return [];
        const column = Math.max(0, lines[index]?.indexOf(symbol) ?? 0) + 1;
        const place = { file, line: index + 1, column, length: symbol.length };
        const what = after ? 'is written otherwise' : 'is gone';
        return [
          drift(
            place,
            upgrade,
            `\`${symbol}\`, which region \`${region.name}\` mirrors, ${what}`,
            'read both versions, bring the region into line, and run its equality tests',
          ),
        ];
      });
    });
  });
}

/** Of a config its fields count, and not their help texts; of everything else the code. */
function differs(before: Definition, after: Definition): boolean {
  if (before.kind === 'class' && after.kind === 'class' && before.trlClass.kind === 'config') {
    const fields = ({ trlClass }: typeof before) =>
      JSON.stringify(
        trlClass.fields.map(({ name, default: value, choices }) => [name, value, choices]).sort(),
      );
    return fields(before) !== fields(after);
  }
  const [old, now] = [digestOf(before), digestOf(after)];
  return old !== null && now !== null && old !== now;
}
