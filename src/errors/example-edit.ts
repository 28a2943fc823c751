/** One file of an example, before and after the cure, as the lines of a diff. */
export interface ExampleEdit {
  /** Path below the folder that is checked: `reference-guides/dpo-loss.mdx`. */
  file: string;
  /** Where the mended file lies, when the cure is to move it. */
  to?: string | undefined;
  /** The lines that the mistake stands in, and which of them (from 1) the cure takes out. */
  broken: ExampleLines;
  /** The same lines when the mistake is mended, and which of them are new. */
  mended: ExampleLines;
  /** The lines that both have. */
  context: readonly string[];
  /**
   * `whole`: the lines are the whole file, whatever the valid one holds; `append`: they follow it; `latin1`: so is the broken file written;
   * `link`: the broken file is a symbolic link to what its one line names; `gzip`: the file is compressed.
   */
  as?: string | undefined;
  /** A line of the valid file that the lines replace, when neither the mended lines nor the context stand there. */
  over?: string | undefined;
}

export interface ExampleLines {
  text: string;
  marked: readonly number[];
}

/**
 * Reads a diff: lines that begin with `-` are broken, those with `+` mended, the others (a space first, or
 * empty) belong to both.
 */
export function parseEdit(
  diff: string,
  { file, to, as, over }: Pick<ExampleEdit, 'file' | 'to' | 'as' | 'over'>,
): ExampleEdit {
  const sides = { '-': side(), '+': side() };
  const context: string[] = [];
  for (const line of diff.split('\n')) {
    const [sign, rest] = [line.charAt(0), line.slice(1)];
    if (sign === '-' || sign === '+') {
      sides[sign].lines.push(rest);
      sides[sign].marked.push(sides[sign].lines.length);
      continue;
    }
    if (sign !== ' ' && sign !== '') {
      throw new Error(`${file}: expected a diff line that begins with "-", "+" or a space, found ${line}`);
    }
    for (const each of Object.values(sides)) each.lines.push(rest);
    context.push(rest);
  }
  const { '-': broken, '+': mended } = sides;
  return { file, to, broken: joined(broken), mended: joined(mended), context, as, over };
}

/**
 * The file of an example with its mistake, and mended.
 *
 * The example's mended lines, or else what both forms share, stand in the valid file once; they are what the
 * edit replaces. Without a valid file, or with nothing of it to be found, the lines are the whole file.
 *
 * @param valid the file as it is in the valid content that the example is laid over
 * @throws Error when the lines stand in the valid file more than once
 */
export function applyEdit(
  { file, broken, mended, context, as, over }: ExampleEdit,
  valid: string | undefined,
): { broken: string; mended: string } {
  const whole = { broken: ended(broken.text), mended: ended(mended.text) };
  if (valid === undefined || as === 'whole') return whole;
  if (as === 'append') {
    return { broken: `${valid}\n${whole.broken}`, mended: `${valid}\n${whole.mended}` };
  }
  for (const anchor of over === undefined ? [mended.text, context.join('\n')] : [over]) {
    const found = anchor.trim() === '' ? 0 : valid.split(`\n${anchor}\n`).length - 1;
    const first = anchor !== '' && valid.startsWith(`${anchor}\n`);
    if (found + Number(first) > 1) throw new Error(`${file}: the lines of the example stand there twice`);
    if (first) {
      const rest = valid.slice(anchor.length + 1);
      return { broken: `${ended(broken.text)}${rest}`, mended: `${ended(mended.text)}${rest}` };
    }
    if (found === 1) {
      const [before = '', after = ''] = valid.split(`\n${anchor}\n`);
      const around = (text: string) => `${before}\n${ended(text)}${after}`;
      return { broken: around(broken.text), mended: around(mended.text) };
    }
  }
  return whole;
}

function ended(text: string): string {
  return text === '' ? '' : `${text}\n`;
}

function side(): { lines: string[]; marked: number[] } {
  return { lines: [], marked: [] };
}

function joined({ lines, marked }: ReturnType<typeof side>): ExampleLines {
  return { text: lines.join('\n'), marked };
}
