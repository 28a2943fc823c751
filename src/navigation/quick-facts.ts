import type { ContentSource } from '../collections/content-source.ts';
import type { Trainer } from '../collections/trainer.ts';
import { createTrlIndex } from '../trl/index.ts';
import { availability } from './availability.ts';
import { familyLabels } from './families.ts';

/** Words, code, or either as a link: a path of this site (`/trainers/#kto`, without base) or an address. */
export type FactPart = string | { text: string; code?: boolean; to?: string };

export interface QuickFact {
  label: string;
  parts: FactPart[];
}

/**
 * A trainer at a glance, from the registry and the facts.
 *
 * @param ref the page that shows it; an annotated page names the distilled file too
 */
export function quickFacts(trainer: Trainer, source: ContentSource, ref: string | undefined): QuickFact[] {
  const index = createTrlIndex(source.facts, source.trainers);
  const resolved = index.resolve(trainer.class, trainer.slug);
  const release = source.facts.find(({ classes }) => classes.some(({ name }) => name === trainer.class));
  const trlClass = release?.classes.find(
    ({ name, config }) => name === trainer.class && config === trainer.config,
  );
  const declaredAnew = (index.config(trainer.config)?.trlClass.fields ?? []).filter(
    (field) => field.overrides && field.default !== 'None',
  );
  const entry = source.annotated.find((each) => each.ref === ref);
  const distilled = source.distilled.find(({ name }) => name === entry?.data.distilled);
  const { columns, optional, note } = trainer.data;
  const family = familyLabels[trainer.family];
  const rows: QuickFact[] = [
    {
      label: 'Class',
      parts: [
        { text: trainer.class, code: true, ...(resolved.kind === 'found' ? { to: resolved.href } : {}) },
        ' with ',
        { text: trainer.config, code: true },
        ...(trlClass ? [', from ', { text: String(trlClass.import_path), code: true }] : []),
      ],
    },
    { label: 'In TRL', parts: [availability(trainer)] },
    { label: 'Family', parts: [`${family.name}: ${family.what}`] },
    {
      label: 'Learns from',
      parts: [
        ...listed(columns),
        ...(optional.length > 0 ? ['; may also have ', ...listed(optional)] : []),
        note === '' ? '.' : `. ${note}`,
      ],
    },
    {
      label: 'Policy',
      parts: [
        trainer.policy === 'on'
          ? 'on-policy: learns from its own samples'
          : 'off-policy: learns from a fixed data set',
      ],
    },
    { label: 'Generates while training', parts: [trainer.generates ? 'yes' : 'no'] },
    { label: 'Models in memory', parts: [trainer.models.join(', ')] },
    { label: 'Loss types', parts: listed(trlClass?.loss_types ?? []) },
    {
      label: 'Defaults that TRL declares anew',
      parts: listed(declaredAnew.map(({ name, default: value }) => `${name}=${value}`)),
    },
    {
      label: 'Distilled here',
      parts: distilled
        ? [
            { text: `${distilled.name}.py`, to: `/distilled/${distilled.name}.py` },
            `, ${distilled.text.trimEnd().split('\n').length} lines of PyTorch`,
          ]
        : [],
    },
    { label: 'When not', parts: [trainer.when_not] },
    {
      label: 'Instead',
      parts: separated(
        trainer.instead.map((slug) => ({
          text: source.trainers.find((each) => each.slug === slug)?.name ?? slug,
          to: `/trainers/#${slug}`,
        })),
      ),
    },
  ];
  return rows.filter(({ parts }) => parts.length > 0);
}

function listed(codes: readonly string[]): FactPart[] {
  return separated(codes.map((text) => ({ text, code: true })));
}

function separated(parts: readonly FactPart[]): FactPart[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}
