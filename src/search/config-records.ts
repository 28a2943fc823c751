import type { Element } from 'hast';
import { foldedText } from './html.ts';
import type { Place } from './place-records.ts';
import type { SearchRecord } from './records.ts';

/** `DPOConfig.beta`: the id of a row in a table of config fields. */
const fieldId = /^([A-Z]\w*Config)\.([a-z]\w*)$/;

/**
 * The record of a config field, with the type and default from the facts and the author's sentence as the reader
 * sees them; undefined when the place is no row of a config table.
 */
export function configRecord({ element, id, path, page, trainers }: Place): SearchRecord | undefined {
  const [, config, field] = fieldId.exec(id) ?? [];
  if (!config || !field) return undefined;
  const owners = trainers.filter((trainer) => trainer.config === config);
  const names = owners.map(({ name }) => name);
  const cells = element.children
    .filter((child): child is Element => child.type === 'element')
    .map(foldedText);
  return {
    url: `${path}#${id}`,
    title: `${config}.${field}`,
    page,
    kind: 'Config field',
    trainers: names,
    families: owners.map(({ family }) => family),
    content: [`${config}.${field}`, ...cells.filter((cell) => cell !== ''), ...names].join('. '),
    // Parts of its name must not bring a field up for every question about its trainer.
    names: [],
    exactly: [field, `${config}.${field}`, ...names.map((name) => `${name} ${field}`)],
  };
}
