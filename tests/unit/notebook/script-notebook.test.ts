import { describe, expect, test } from 'vitest';
import { parseScript } from '../../../src/collections/script.ts';
import { notebookJson } from '../../../src/notebook/notebook.ts';
import { scriptNotebook } from '../../../src/notebook/script-notebook.ts';
import { site } from '../markdown-twin/fixture-site.ts';

const text = `# /// script
# requires-python = ">=3.10"
# dependencies = ["trl==1.12.0", "torch>=2,<3"]
#
# [tool.tutorial]
# title = "Script page"
# question = "What does it show?"
# summary = "A script of the fixtures, long enough to be a summary."
# trainers = ["dpo"]
# difficulty = 1
# covers = ["fixtures"]
# ///

# %% [markdown]
# The [reference](glossary:reference-model) of \`DPOTrainer\`, at $\\beta$.

# %%
import lab

print(lab.WORD)

# %%
import lab

print(lab.WORD)

# %% [markdown]
# 1. Why?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Because.
#    </details>
`;

/** The notebook of a script that imports a module of its own. */
function made(source = text) {
  const file = 'tests/fixtures/markdown/content/example-scripts/train.py';
  const { header, cells, problems } = parseScript(source, file);
  if (!header) throw new Error(`expected a header, found ${JSON.stringify(problems)}`);
  const script = {
    ref: 'examples/train',
    id: 'train',
    file,
    data: header.tool.tutorial,
    body: source,
    bodyLine: 1,
    header,
    cells,
  };
  const supportModules = [{ file: 'content/example-scripts/lab.py', text: 'WORD = "dbeac"\n' }];
  return scriptNotebook(script, { ...site, source: { ...site.source, supportModules } });
}

const sources = () => made().cells.map(({ cell_type, source }) => `${cell_type}: ${source.join('')}`);

describe('the notebook of a script', () => {
  test('begins with what it is, the pinned packages, the module, and the arguments', () => {
    const [title, , install, , lab, , argv] = sources();
    expect(title).toContain('# Script page');
    expect(title).toContain('<https://example.org/docs/examples/train/>');
    expect(install).toBe('code: %pip install -q trl==1.12.0 "torch>=2,<3"');
    expect(lab).toBe('code: %%writefile lab.py\nWORD = "dbeac"');
    expect(argv).toBe('code: import sys\n\nsys.argv = ["train.py", "--tiny"]');
  });

  test('says that it needs an older release than the others', () => {
    expect(sources()[1]).toContain('**It needs TRL 1.12.0**, older than the 1.16.0');
    expect(JSON.stringify(made(text.replace('1.12.0', '1.16.0')))).not.toContain('It needs TRL');
  });

  test('has the cells of the script: code as it stands, links whole, answers folded', () => {
    expect(sources().slice(7)).toEqual([
      'markdown: The [reference](https://example.org/docs/glossary/#reference-model) of [`DPOTrainer`](https://example.org/docs/trainers/dpo/), at $\\beta$.',
      'code: import lab\n\nprint(lab.WORD)',
      'code: import lab\n\nprint(lab.WORD)',
      'markdown: 1. Why?\n\n   <details class="answer"><summary>Answer</summary>\n\n   Because.\n\n   </details>',
    ]);
  });

  test('names its origin and a Python kernel', () => {
    expect(made().metadata).toEqual({
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', file_extension: '.py', mimetype: 'text/x-python' },
      annotated_trainers: {
        source: 'train.py',
        page: 'https://example.org/docs/examples/train/',
        trl: '1.12.0',
      },
    });
  });

  test('has ids that differ, and that a change of another cell leaves as they are', () => {
    const ids = made().cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
    const changed = made(text.replace('Because.', 'Therefore.')).cells.map(({ id }) => id);
    expect(changed.slice(0, -1)).toEqual(ids.slice(0, -1));
    expect(changed.at(-1)).not.toBe(ids.at(-1));
    expect(notebookJson(made())).toBe(notebookJson(made()));
  });
});
