import type { Point, Position } from 'unist';
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { catalogue, type ErrorCode } from '../errors/catalogue.ts';

const source = 'annotated-trainers';

/** Where a mistake stands: a node, a range or a point of the text. */
export type Where = { position?: Position | undefined } | Position | Point | undefined;

/**
 * Adds a mistake to the file's messages.
 *
 * @param extra.suggestion "did you mean …", or the cure at this place
 * @param extra.warning the mistake does not stop the build
 */
export function report(
  file: VFile,
  code: ErrorCode,
  where: Where,
  message: string,
  extra: { suggestion?: string | undefined; warning?: boolean | undefined } = {},
): void {
  const place = where && 'position' in where ? where.position : where;
  const added = file.message(message, { ruleId: code, source, ...(isPlace(place) ? { place } : {}) });
  if (extra.suggestion !== undefined) added.note = extra.suggestion;
  if (extra.warning) added.fatal = null;
}

function isPlace(place: Where): place is Position | Point {
  return place !== undefined && ('start' in place || 'line' in place);
}

/** The code of a message that `report` added; undefined for those of other tools. */
export function codeOf(message: VFileMessage): ErrorCode | undefined {
  if (message.source !== source || message.ruleId === undefined) return undefined;
  return codes.find((code) => code === message.ruleId);
}

const codes = Object.keys(catalogue).filter((code): code is ErrorCode => Object.hasOwn(catalogue, code));
