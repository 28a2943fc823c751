import type { Failure, Outcome, Skip } from './outcome.ts';

/**
 * The outcome in the JUnit XML that pytest writes. pytest escapes `<`, `>`, `&` and `"` in attributes and
 * text, so tags are found by pattern, without an XML parser.
 * @throws when the text is not such a report
 */
export function readJunitReport(text: string): Outcome {
  const suite = /<testsuite\s([^>]*)>/.exec(text);
  if (!suite || !text.includes('</testsuites>')) throw new Error('expected a whole JUnit report, found none');
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  let passed = 0;
  for (const [, attributes = '', body = ''] of text.matchAll(
    /<testcase\s([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const title = [attribute(attributes, 'classname'), attribute(attributes, 'name')]
      .filter(Boolean)
      .join('::');
    // A test can fail, and its tear-down too: both are shown, but the test counts once.
    const bad = [...body.matchAll(/<(failure|error)\s([^>]*?)(?:\/>|>([\s\S]*?)<\/\1>)/g)];
    const skip = /<skipped\s([^>]*?)\/?>/.exec(body);
    if (bad.length > 0) {
      const message = bad.map(([, , , trace = '']) => decode(trace).trim()).join('\n');
      failures.push({
        title,
        message: message || bad.map(([, , head = '']) => attribute(head, 'message')).join('\n'),
      });
    } else if (skip) skips.push({ title, reason: attribute(skip[1] ?? '', 'message') });
    else passed += 1;
  }
  return { passed, failures, skips };
}

function attribute(attributes: string, name: string): string {
  return decode(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string) =>
    code ? String.fromCodePoint(Number(code)) : (entities[name] ?? whole),
  );
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
