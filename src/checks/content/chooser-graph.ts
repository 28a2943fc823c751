import { cycles, type Graph, reached } from '../../chooser/graph.ts';
import type { Chooser } from '../../collections/chooser.ts';
import type { DataPath } from '../../collections/origin.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean, nearest } from '../../errors/suggest.ts';
import type { Report } from './check.ts';

/** Ids are unique where the address or an answer uses them, and no two answers to a question read alike. */
export function checkIds({ questions, results }: Chooser, report: Report): Problem[] {
  const ids = (what: string, items: readonly { id: string }[], path: DataPath) =>
    repeated(items.map(({ id }) => id)).map(({ at }) =>
      report([...path, at, 'id'], 'id-duplicate', `there is ${what} \`${items[at]?.id}\` already`),
    );
  return [
    ...ids('a question', questions, ['questions']),
    ...ids('a result', results, ['results']),
    ...questions.flatMap(({ answers }, question) => {
      const path = ['questions', question, 'answers'];
      return [
        ...ids('an answer', answers, path),
        ...repeated(answers.map(({ label }) => label.trim().toLowerCase())).map(({ at, first }) => {
          const message = `expected a label of its own, found that of the answer \`${answers[first]?.id}\``;
          return report([...path, at, 'label'], 'chooser-label', message);
        }),
      ];
    }),
  ];
}

/** Every answer leads to a question or a result that is there. */
export function checkTargets({ questions, results }: Chooser, report: Report): Problem[] {
  const known = {
    next: { what: 'question', ids: questions.map(({ id }) => id) },
    result: { what: 'result', ids: results.map(({ id }) => id) },
  };
  return questions.flatMap(({ answers }, question) =>
    answers.flatMap((answer, at) =>
      (['next', 'result'] as const).flatMap((field) => {
        const target = answer[field];
        const { what, ids } = known[field];
        if (target === undefined || ids.includes(target)) return [];
        const message = `the answer \`${answer.id}\` leads to the ${what} \`${target}\`, which is not there`;
        const path = ['questions', question, 'answers', at, field];
        return [report(path, 'chooser-nowhere', message, didYouMean(target, ids))];
      }),
    ),
  );
}

/** Some answer leads to every question and result, and none leads back. */
export function checkReach(chooser: Chooser, report: Report): Problem[] {
  const { questions, results } = reached(mended(chooser));
  const lost = (field: 'questions' | 'results', what: string, found: ReadonlySet<string>) =>
    chooser[field].flatMap(({ id }, at) =>
      found.has(id)
        ? []
        : [report([field, at, 'id'], 'chooser-unreachable', `no answer leads to the ${what} \`${id}\``)],
    );
  return [
    ...lost('questions', 'question', questions),
    ...lost('results', 'result', results),
    ...cycles(chooser).map(({ question, answer, around }) => {
      const message = `expected to come nearer to a result, found a circle: ${around.join(' → ')}`;
      return report(['questions', question, 'answers', answer, 'next'], 'chooser-cycle', message);
    }),
  ];
}

/** A misspelt target is one mistake: what stands behind it is not lost as well. */
function mended({ questions, results }: Chooser): Graph {
  const meant = (target: string | undefined, items: readonly { id: string }[]) =>
    target === undefined || items.some(({ id }) => id === target)
      ? target
      : nearest(
          target,
          items.map(({ id }) => id),
        );
  return {
    questions: questions.map(({ id, answers }) => ({
      id,
      answers: answers.map(({ id: answer, next, result }) => ({
        id: answer,
        next: meant(next, questions),
        result: meant(result, results),
      })),
    })),
  };
}

/** Where a value stands again, and where it stood first. */
function repeated(values: readonly string[]): { at: number; first: number }[] {
  return values.flatMap((value, at) => {
    const first = values.indexOf(value);
    return first < at ? [{ at, first }] : [];
  });
}
