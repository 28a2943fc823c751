import { toHtml } from 'hast-util-to-html';
import { commandOf, type Explanation, shownFile } from '../../errors/explanation.ts';
import { codeFigure } from '../../markdown/code-figure.ts';
import { fenceSchema } from '../../markdown/fence.ts';

/** Names of endings that Shiki calls otherwise. */
const languages: Record<string, string> = { py: 'python', yml: 'yaml', pf_fragment: 'json', shell: 'sh' };

/** The example of an error as HTML: the broken lines, what the check prints, the mended lines. */
export async function exampleFigures(explanation: Explanation) {
  const figures = async (form: 'broken' | 'mended') => {
    const edits = explanation.edits.filter((edit) => edit[form].text !== '');
    const made = edits.map((edit) =>
      figure(edit[form].text, languageOf(edit.file), {
        title: `${shownFile(explanation, edit, form)}, ${form}`,
        highlight: [...edit[form].marked],
      }),
    );
    return (await Promise.all(made)).join('\n');
  };
  const printed = { title: commandOf(explanation), output: true };
  return {
    broken: await figures('broken'),
    output: await figure(explanation.output.trimEnd(), 'text', printed),
    mended: await figures('mended'),
  };
}

async function figure(code: string, language: string, fence: Record<string, unknown>): Promise<string> {
  return toHtml(await codeFigure(code, language, fenceSchema.parse(fence)));
}

function languageOf(file: string): string {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  return languages[ending] ?? ending;
}
