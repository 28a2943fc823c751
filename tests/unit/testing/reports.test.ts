import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readJunitReport } from '../../../src/testing/junit-report.ts';
import { readPlaywrightReport } from '../../../src/testing/playwright-report.ts';
import { readVitestReport } from '../../../src/testing/vitest-report.ts';

describe('Vitest', () => {
  const file = (name: string, rest: object) => ({
    name: resolve(name),
    status: 'passed',
    message: '',
    assertionResults: [],
    ...rest,
  });
  const assertion = (fullName: string, status: string, failureMessages: string[] = []) => ({
    fullName,
    status,
    failureMessages,
  });

  test('passed, failed and skipped tests are told apart', () => {
    const assertionResults = [
      assertion('adds', 'passed'),
      assertion('divides', 'failed', ['expected 2 to be 3']),
      assertion('roots', 'todo'),
    ];
    const report = { testResults: [file('tests/unit/sums.test.ts', { status: 'failed', assertionResults })] };
    expect(readVitestReport(JSON.stringify(report))).toEqual({
      passed: 1,
      failures: [{ title: 'tests/unit/sums.test.ts > divides', message: 'expected 2 to be 3' }],
      skips: [{ title: 'tests/unit/sums.test.ts > roots', reason: 'todo' }],
    });
  });

  test('a file that does not load is one failure', () => {
    const broken = file('tests/unit/broken.test.ts', { status: 'failed', message: 'Cannot find module' });
    expect(readVitestReport(JSON.stringify({ testResults: [broken] }))).toEqual({
      passed: 0,
      failures: [{ title: 'tests/unit/broken.test.ts', message: 'Cannot find module' }],
      skips: [],
    });
  });

  test('half a report is refused', () => {
    expect(() => readVitestReport('{"testResults": [')).toThrow(SyntaxError);
    expect(() => readVitestReport('{}')).toThrow('testResults');
  });
});

describe('Playwright', () => {
  const spec = (title: string, status: string, errors: string[] = [], description?: string) => ({
    title,
    file: 'theme.spec.ts',
    tests: [
      {
        projectName: 'chromium',
        status,
        annotations: description ? [{ type: 'skip', description }] : [],
        results: [{ errors: errors.map((message) => ({ message })) }],
      },
    ],
  });
  const report = (specs: object[], errors: object[] = []) =>
    JSON.stringify({
      suites: [{ title: 'theme.spec.ts', specs: [], suites: [{ title: 'the theme', specs }] }],
      errors,
    });

  test('tests inside groups count, with their full titles', () => {
    const outcome = readPlaywrightReport(
      report([
        spec('follows the system', 'expected'),
        spec('persists', 'unexpected', ['\u001B[31mexpected dark\u001B[39m']),
        spec('prints', 'skipped', [], 'no printer'),
      ]),
    );
    expect(outcome).toEqual({
      passed: 1,
      failures: [{ title: 'theme.spec.ts > the theme > persists', message: 'expected dark' }],
      skips: [{ title: 'theme.spec.ts > the theme > prints', reason: 'no printer' }],
    });
  });

  test('a test that passes only when repeated has failed', () => {
    const { failures } = readPlaywrightReport(report([spec('persists', 'flaky', ['expected dark'])]));
    expect(failures[0]?.message).toBe('passed only when repeated: expected dark');
  });

  test('an error outside the tests is a failure', () => {
    const { failures } = readPlaywrightReport(report([], [{ message: 'Error: No tests found' }]));
    expect(failures).toEqual([{ title: 'tests/browser', message: 'Error: No tests found' }]);
  });
});

describe('pytest', () => {
  const junit = (cases: string) =>
    `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" tests="9">${cases}</testsuite></testsuites>`;

  test('a test counts once, even when it fails and its tear-down does too', () => {
    const outcome = readJunitReport(
      junit(
        '<testcase classname="tests.python.test_loss" name="test_equal[sigmoid]" time="0.1" />' +
          '<testcase classname="tests.python.test_loss" name="test_equal[hinge]" time="0.1">' +
          '<failure message="assert 1 &lt; 0">E   assert 1 &lt; 0&#10;E   &amp;lt;</failure>' +
          '<error message="teardown">no folder</error></testcase>' +
          '<testcase classname="tests.python.test_loss" name="test_gpu" time="0"><skipped type="pytest.skip" message="needs a GPU">x</skipped></testcase>',
      ),
    );
    expect(outcome).toEqual({
      passed: 1,
      failures: [
        {
          title: 'tests.python.test_loss::test_equal[hinge]',
          message: 'E   assert 1 < 0\nE   &lt;\nno folder',
        },
      ],
      skips: [{ title: 'tests.python.test_loss::test_gpu', reason: 'needs a GPU' }],
    });
  });

  test('a module that does not import is a failure', () => {
    const { failures } = readJunitReport(
      junit(
        '<testcase classname="" name="tests.python.test_loss" time="0"><error message="collection failure">ImportError: trl</error></testcase>',
      ),
    );
    expect(failures).toEqual([{ title: 'tests.python.test_loss', message: 'ImportError: trl' }]);
  });

  test('a report that was cut off is refused', () => {
    expect(() => readJunitReport('<testsuites><testsuite name="pytest"><testcase')).toThrow(
      'whole JUnit report',
    );
  });
});
