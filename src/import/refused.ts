/** The import cannot be done at all; the message says why and what to do. Nothing was changed. */
export class ImportRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportRefused';
  }
}
