import type { Family } from '../../../src/collections/family.ts';
import { type Trainer, trainerSchema } from '../../../src/collections/trainer.ts';
import type { PageKind } from '../../../src/coverage/report-schema.ts';
import type { NavPage } from '../../../src/navigation/page.ts';

/** A registry record with nothing of interest but its slug and family. */
export function trainer(slug: string, family: Family, priority = 1): Trainer {
  return trainerSchema.parse({
    slug,
    name: slug.toUpperCase(),
    title: slug,
    class: `${slug.toUpperCase()}Trainer`,
    config: `${slug.toUpperCase()}Config`,
    family,
    summary: '',
    when_not: '',
    data: { columns: ['prompt'], format: 'prompt-only' },
    models: ['policy'],
    generates: false,
    policy: 'off',
    difficulty: 1,
    memory: 1,
    aliases: [slug],
    priority,
    availability: [{ tier: 'stable', since: '1.0.0' }],
    facts: '1.16.0',
  });
}

export function page(ref: string, kind: PageKind, trainers: string[], title = ref): NavPage {
  return { ref, kind, data: { title, trainers } };
}
