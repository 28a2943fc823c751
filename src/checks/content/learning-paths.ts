import { type ContentSource, entriesOf, originOf } from '../../collections/content-source.ts';
import { type LearningPath, pathMarkdown } from '../../collections/learning-path.ts';
import { isSitePage } from '../../collections/site-page.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { analyse } from '../../markdown/analyse.ts';
import type { MarkdownContext } from '../../markdown/context.ts';
import { type CheckContext, problemAt } from './check.ts';

/** A path names each page once and no draft, comes after paths that precede it, and its Markdown holds. */
export function checkLearningPaths(source: ContentSource, { markdown }: CheckContext): Problem[] {
  return source.paths.flatMap((path) => [
    ...checkSteps(source, path),
    ...checkAfter(source, path),
    ...checkTexts(source, path, markdown),
  ]);
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

/** Positions inside a folded YAML text are lost, so a mistake is placed at the text that holds it. */
function checkTexts(source: ContentSource, path: LearningPath, markdown: MarkdownContext): Problem[] {
  const origin = originOf(source, path);
  return pathMarkdown(path).flatMap(({ at, text }) =>
    analyse({ file: origin.file, text, line: 1, kind: 'md' }, markdown).map(
      ({ code, message, severity, suggestion }) =>
        problem(code, origin.locate(at), message, { severity, ...(suggestion && { suggestion }) }),
    ),
  );
}
