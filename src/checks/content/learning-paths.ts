import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { LearningPath } from '../../collections/learning-path.ts';
import { isSitePage } from '../../collections/site-page.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** A path names each page once and no draft, and comes after paths that precede it. */
export function checkLearningPaths(source: ContentSource): Problem[] {
  return source.paths.flatMap((path) => [...checkSteps(source, path), ...checkAfter(source, path)]);
}

function checkSteps(source: ContentSource, path: LearningPath): Problem[] {
  const drafts = new Set(entriesOf(source).flatMap(({ ref, data }) => (data.draft ? ref : [])));
  return path.steps.flatMap(({ ref }, index) => {
    const at = ['steps', index, isSitePage(ref) ? 'page' : 'entry'];
    const first = path.steps.findIndex((step) => step.ref === ref);
    if (first < index) {
      const message = `\`${ref}\` is already step ${first + 1} of this path`;
      return [problemAt(source, path, at, 'step-repeated', message)];
    }
    if (ref === 'choose' && !source.chooser) {
      const message = 'expected content/chooser.yaml behind the page `choose`, found none';
      return [problemAt(source, path, at, 'entry-unknown', message)];
    }
    const message = `\`${ref}\` is a draft, so readers of this path would meet a gap`;
    return drafts.has(ref) && !path.draft ? [problemAt(source, path, at, 'step-draft', message)] : [];
  });
}

function checkAfter(source: ContentSource, path: LearningPath): Problem[] {
  return path.after.flatMap((slug, index) => {
    const at = ['after', index];
    if (!source.claimed.paths.has(slug)) {
      const suggestion = didYouMean(slug, source.claimed.paths);
      return [problemAt(source, path, at, 'path-unknown', `there is no path \`${slug}\``, { suggestion })];
    }
    const earlier = source.paths.find((each) => each.slug === slug);
    if (!earlier || earlier.order < path.order) return [];
    const message = `expected an \`order\` below ${path.order} on \`${slug}\`, found ${earlier.order}`;
    return [problemAt(source, path, at, 'path-order', message)];
  });
}
