import { parseArgs } from 'node:util';
import { checkDrift } from '../src/checks/drift/index.ts';
import { readDigests } from '../src/collections/digests.ts';
import { readContent } from '../src/collections/read-content.ts';
import { coverageOf } from '../src/coverage/from-source.ts';
import { renderTerminal } from '../src/coverage/render-terminal.ts';

const usage = `Usage: npm run status -- [--json] [--content-dir <folder>]

What is documented, which checks passed against which TRL, and what remains.
`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'content-dir': { type: 'string', default: process.env.CONTENT_DIR ?? 'content' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  process.stdout.write(usage);
} else {
  const source = await readContent(values['content-dir']);
  const digests = await readDigests(source, values['content-dir']);
  const report = coverageOf(source, digests, checkDrift(source));
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : renderTerminal(report));
  const { length } = source.problems;
  if (length > 0) {
    process.stderr.write(
      `\n${length} problem(s) kept content from being read: \`npm run check\` names them.\n`,
    );
  }
}
