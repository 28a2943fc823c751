import { z } from 'zod';
import { catalogue, type ErrorCode } from './catalogue.ts';

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(catalogue, text);
}

/** Every code, in the order of the catalogue. */
export const errorCodes: readonly ErrorCode[] = Object.keys(catalogue).filter(isErrorCode);

/** A code of the catalogue. */
export const errorCode = z.custom<ErrorCode>(isErrorCode, {
  error: ({ input }) => `expected a code of the catalogue, found ${JSON.stringify(input)}`,
});
