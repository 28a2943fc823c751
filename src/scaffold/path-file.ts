import type { LearningPath } from '../collections/learning-path.ts';
import { toWrite } from '../collections/unfinished.ts';
import { yamlComment, yamlLine } from './yaml-text.ts';

/** `content/learning-paths/<slug>.yaml`, behind the paths that are there; one step, on a page of the site itself. */
export function pathFile(title: string, slug: string, paths: readonly Pick<LearningPath, 'order'>[]): string {
  const order = Math.max(0, ...paths.map((path) => path.order)) + 1;
  return [
    yamlLine('slug', slug),
    yamlComment(toWrite('what links call the path, in a word or two.')),
    yamlLine('name', title.slice(0, 24).trim()),
    yamlLine('title', title),
    yamlLine('order', order),
    yamlLine('for_whom', toWrite('for whom it is, in a line for lists.')),
    yamlLine('audience', toWrite('for whom it is, in a paragraph.')),
    yamlLine('outcome', toWrite('what the reader can do afterwards.')),
    yamlComment(toWrite('what a reader should know before, and the paths to take first.')),
    'prerequisites: []',
    'after: []',
    '# A draft is built by `npm run dev`, and by `npm run build -- --drafts`. Nothing unfinished may stay when this goes.',
    'draft: true',
    yamlComment(
      toWrite('the steps: `entry: guides/<id>` of a page that you wrote, or `page:` of the site itself.'),
    ),
    'steps:',
    '  - page: trainers',
    yamlLine('why', toWrite('why this page, and why now.'), 4),
    '    checkpoint:',
    yamlLine('question', toWrite('what can a reader who understood the page answer?'), 6),
    yamlLine('answer', toWrite('the answer.'), 6),
    '',
  ].join('\n');
}
