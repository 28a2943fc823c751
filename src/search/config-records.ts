import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import type { Trainer } from '../collections/trainer.ts';
import { foldedText } from './html.ts';
import type { SearchRecord } from './records.ts';

/** `DPOConfig.beta`: the id of a row in a table of config fields. */
const fieldId = /^([A-Z]\w*Config)\.([a-z]\w*)$/;

/**
 * One record for each config field that a page has a row for, read off the rendered page: so a field is found
 * only where there is a place to land on, with the type and default from the facts and the author's sentence
 * as the reader sees them.
 *
 * @param html the rendered page
 * @param path its path on the site without base (`/trainers/dpo/`)
 */
export function configRecords(html: string, path: string, trainers: readonly Trainer[]): SearchRecord[] {
  const records: SearchRecord[] = [];
  if (!html.includes('Config.')) return records;
  let page = path;
  visit(fromHtml(html), 'element', (element) => {
    if (element.tagName === 'h1') page = foldedText(element);
    const { id } = element.properties;
    const [, config, field] = (typeof id === 'string' && fieldId.exec(id)) || [];
    if (!config || !field) return;
    const owners = trainers.filter((trainer) => trainer.config === config);
    const names = owners.map(({ name }) => name);
    const cells = element.children
      .filter((child): child is Element => child.type === 'element')
      .map(foldedText);
    records.push({
      url: `${path}#${id}`,
      title: `${config}.${field}`,
      page,
      kind: 'Config field',
      trainers: names,
      families: owners.map(({ family }) => family),
      content: [`${config}.${field}`, ...cells.filter((cell) => cell !== ''), ...names].join('. '),
    });
  });
  return records;
}
