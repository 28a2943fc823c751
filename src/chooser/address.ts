import { pathParameter } from '../navigation/learning-paths.ts';
import { type Graph, type GraphQuestion, questionOf, type Step } from './graph.ts';

/** How far the answers of an address lead. */
export interface Walk {
  steps: readonly Step[];
  /** The question to ask now; undefined at a result. */
  question: string | undefined;
  result: string | undefined;
  /** Parts of the address that no question on the way asks for, or with an answer that it does not have. */
  ignored: readonly string[];
}

/**
 * Follows `?data=pairs&goal=policy` from the first question on, as far as it has answers. Names with a dot
 * (`memory.trainer`) belong to other parts of the page, `path` to the learning path that it was opened from.
 */
export function readWalk(search: string, graph: Graph): Walk {
  const query = new URLSearchParams(search);
  const steps: Step[] = [];
  let question: GraphQuestion | undefined = graph.questions[0];
  let result: string | undefined;
  const asked = new Set<string>();
  while (question && !asked.has(question.id)) {
    const { id, answers }: GraphQuestion = question;
    asked.add(id);
    const given = query.get(id);
    const answer = answers.find((each) => each.id === given);
    if (!answer) break;
    steps.push({ question: id, answer: answer.id });
    result = answer.result;
    question = questionOf(graph, answer.next);
  }
  const used = new Set(steps.map(({ question: id }) => id));
  return {
    steps,
    question: question?.id,
    result,
    ignored: [...query]
      .filter(([name]) => !isOther(name) && !used.has(name))
      .map(([name, value]) => (value === '' ? name : `${name}=${value}`)),
  };
}

/** The query of these answers, in their order, followed by what `search` holds for other parts of the page. */
export function writeWalk(steps: readonly Step[], search = ''): string {
  const others = [...new URLSearchParams(search)].filter(([name]) => isOther(name));
  const query = new URLSearchParams([
    ...steps.map(({ question, answer }): [string, string] => [question, answer]),
    ...others,
  ]);
  return query.size > 0 ? `?${query}` : '';
}

function isOther(name: string): boolean {
  return name.includes('.') || name === pathParameter;
}

/** The answers up to a question with a new answer to it; what followed the old one is gone. */
export function answered(steps: readonly Step[], question: string, answer: string): Step[] {
  const at = steps.findIndex((step) => step.question === question);
  return [...(at < 0 ? steps : steps.slice(0, at)), { question, answer }];
}
