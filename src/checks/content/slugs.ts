import { type ContentSource, entriesOf, originOf } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** A record's slug is its file's name; an entry's file name can stand in an address. */
export function checkSlugs(source: ContentSource): Problem[] {
  const records = [...source.trainers, ...source.paths].flatMap((record) => {
    const name = stem(originOf(source, record).file);
    if (name === record.slug) return [];
    const message = `expected the slug \`${name}\`, the name of the file, found \`${record.slug}\``;
    return [
      problemAt(source, record, ['slug'], 'slug-mismatch', message, {
        suggestion: `name the file \`${record.slug}.yaml\`, or write \`slug: ${name}\``,
      }),
    ];
  });
  const entries = entriesOf(source).flatMap(({ id, file }) => {
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return [];
    const better = id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    const message = `expected a file name of lower-case words joined by hyphens, found \`${id}\``;
    const suggestion = better === '' ? undefined : `name it \`${better}\``;
    return [problem('slug-mismatch', { file, line: 1, column: 1 }, message, { suggestion })];
  });
  return [...records, ...entries, ...checkAnnotatedTrainers(source)];
}

/** An annotated trainer is named after the trainer that it walks through, and its distilled file exists. */
function checkAnnotatedTrainers(source: ContentSource): Problem[] {
  const distilled = source.distilled.map(({ name }) => name);
  return source.annotated.flatMap((entry) => {
    const problems: Problem[] = [];
    if (!entry.data.trainers.includes(entry.id)) {
      const message = `expected \`trainers\` to hold \`${entry.id}\`, the name of the file`;
      problems.push(
        problemAt(source, entry, ['trainers'], 'slug-mismatch', message, {
          suggestion: `write \`trainers: [${entry.id}]\`, or rename the file`,
        }),
      );
    }
    const named = entry.data.distilled;
    if (named !== undefined && !distilled.includes(named)) {
      const message = `content/distilled/ has no file \`${named}.py\``;
      problems.push(
        problemAt(source, entry, ['distilled'], 'distilled-unknown', message, {
          suggestion: didYouMean(named, distilled),
        }),
      );
    }
    return problems;
  });
}

function stem(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return name.slice(0, name.lastIndexOf('.'));
}
