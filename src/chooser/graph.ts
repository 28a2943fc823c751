/*
 * The graph of questions behind `/choose/`, as the check, the page and the browser see it. Pure: the same
 * functions follow the records of `content/chooser.yaml` and what the browser reads off the rendered lists.
 */

/** An answer: exactly one of `next` (a question) and `result`. */
export interface GraphAnswer {
  id: string;
  next?: string | undefined;
  result?: string | undefined;
}

export interface GraphQuestion {
  id: string;
  answers: readonly GraphAnswer[];
}

/** The first question is where everybody starts. */
export interface Graph {
  questions: readonly GraphQuestion[];
}

/** One question with the answer that was given. */
export interface Step {
  question: string;
  answer: string;
}

/** A way through the graph from the first question to a result. */
export interface Route {
  steps: readonly Step[];
  result: string;
}

/** The question with this id; undefined when there is none. */
export function questionOf<Q extends GraphQuestion>(
  { questions }: { questions: readonly Q[] },
  id: string | undefined,
): Q | undefined {
  return questions.find((question) => question.id === id);
}

/** What answers lead to, from the first question on. An answer that leads nowhere adds nothing. */
export function reached(graph: Graph): { questions: ReadonlySet<string>; results: ReadonlySet<string> } {
  const questions = new Set<string>();
  const results = new Set<string>();
  const waiting = graph.questions.slice(0, 1);
  for (let question = waiting.pop(); question; question = waiting.pop()) {
    questions.add(question.id);
    for (const { next, result } of question.answers) {
      if (result !== undefined) results.add(result);
      const following = questionOf(graph, next);
      if (following && !questions.has(following.id)) waiting.push(following);
    }
  }
  return { questions, results };
}

/** An answer that leads back to a question on its own way. */
export interface Cycle {
  /** Indices of the question in the graph and of the answer in the question. */
  question: number;
  answer: number;
  /** Ids of the questions around, the first one again at the end. */
  around: readonly string[];
}

/** Every answer that closes a cycle, each once, in the order of the graph. */
export function cycles(graph: Graph): Cycle[] {
  const found = new Map<string, Cycle>();
  const finished = new Set<string>();
  const follow = (id: string, way: readonly string[]) => {
    const at = graph.questions.findIndex((question) => question.id === id);
    if (at < 0 || finished.has(id)) return;
    graph.questions[at]?.answers.forEach(({ next }, answer) => {
      if (next === undefined) return;
      const here = [...way, id];
      if (here.includes(next)) {
        found.set(`${at} ${answer}`, {
          question: at,
          answer,
          around: [...here.slice(here.indexOf(next)), next],
        });
      } else follow(next, here);
    });
    finished.add(id);
  };
  for (const { id } of graph.questions) follow(id, []);
  return [...found.values()].sort((a, b) => a.question - b.question || a.answer - b.answer);
}

/** Every route, in the order of the answers. Throws on a graph with a cycle: it has no end of routes. */
export function routes(graph: Graph): Route[] {
  const [cycle] = cycles(graph);
  if (cycle) throw new Error(`routes: the questions go round: ${cycle.around.join(' → ')}`);
  const from = (id: string | undefined, steps: readonly Step[]): Route[] =>
    (questionOf(graph, id)?.answers ?? []).flatMap((answer) => {
      const here = [...steps, { question: id ?? '', answer: answer.id }];
      return answer.result === undefined ? from(answer.next, here) : [{ steps: here, result: answer.result }];
    });
  return from(graph.questions[0]?.id, []);
}

/** Where each question and each result is met first, reading the answers in order: `0 2` is answer 2 of question 0. */
export function firstLeads(graph: Graph): {
  next: ReadonlyMap<string, string>;
  result: ReadonlyMap<string, string>;
} {
  const next = new Map<string, string>();
  const result = new Map<string, string>();
  const follow = (at: number) => {
    graph.questions[at]?.answers.forEach((answer, i) => {
      if (answer.result !== undefined && !result.has(answer.result)) result.set(answer.result, `${at} ${i}`);
      const following = graph.questions.findIndex(({ id }) => id === answer.next);
      if (answer.next === undefined || following <= 0 || next.has(answer.next)) return;
      next.set(answer.next, `${at} ${i}`);
      follow(following);
    });
  };
  follow(0);
  return { next, result };
}

/** How many questions are left at most, this one included; 0 for an id that is none. */
export function longest(graph: Graph, id: string | undefined): number {
  const question = questionOf(graph, id);
  return question ? 1 + Math.max(...question.answers.map(({ next }) => longest(graph, next))) : 0;
}
