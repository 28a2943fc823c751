/** A program of the machine that a command needs and cannot make by itself: what was looked for, and the cure. */
export class MissingProgram extends Error {
  readonly cure: string;

  constructor(expectedAndFound: string, cure: string) {
    super(`${expectedAndFound}\n  cure: ${cure}`);
    this.name = 'MissingProgram';
    this.cure = cure;
  }
}
