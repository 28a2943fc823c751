import { wantsColor } from './format.ts';

/** Where a command writes; a test collects it. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Whether to write colours. */
  color: boolean;
  /** Shows how far the work is, in one line that the next one overwrites; '' takes it away. A terminal only. */
  progress?(line: string): void;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    color: wantsColor(process.stdout, process.env),
    ...(process.stderr.isTTY && { progress: (line: string) => process.stderr.write(`\r\u001b[2K${line}`) }),
  };
}
