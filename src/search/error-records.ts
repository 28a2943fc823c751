import { catalogue } from '../errors/catalogue.ts';
import { errorCodes } from '../errors/error-code.ts';
import type { SearchRecord } from './records.ts';

/**
 * One record for each kind of error. Their pages quote broken content, which would answer the questions of readers:
 * the search knows them by their codes, which authors paste from a terminal, and by their causes.
 */
export function errorRecords(): SearchRecord[] {
  return errorCodes.map((code) => ({
    url: `/errors/${code}/`,
    title: code,
    page: 'Errors',
    kind: 'Page',
    content: `${code}. ${catalogue[code].cause.replaceAll('`', '')}`,
    names: [],
    exactly: [code],
  }));
}
