import { type ContentSource, originOf } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { drift, type Upgrade } from './drift.ts';

/** What changes for a trainer as a whole: it is gone, it moved, or it takes other loss types. */
export function changedTrainers(source: ContentSource, upgrade: Upgrade): Problem[] {
  return source.trainers.flatMap((trainer) => {
    const compared = upgrade.compare(trainer.class);
    if (compared?.before.kind !== 'class') return [];
    const at = (field: string) => originOf(source, trainer).locate([field]);
    const { before, after } = compared;
    if (after?.kind !== 'class') {
      const message = `\`${trainer.class}\` is removed`;
      const cure = `its facts stay those of TRL ${upgrade.pinned.trl}; add to \`availability\`, and say what to use \`instead\``;
      return [drift(at('availability'), upgrade, message, cure)];
    }
    const [old, now] = [before.trlClass, after.trlClass];
    const move = `\`${trainer.class}\` moved from \`${old.import_path}\` to \`${now.import_path}\``;
    const gone = old.loss_types.filter((each) => !now.loss_types.includes(each));
    const fresh = now.loss_types.filter((each) => !old.loss_types.includes(each));
    const losses = [
      ...(gone.length > 0 ? [`no longer takes the loss types ${listed(gone)}`] : []),
      ...(fresh.length > 0 ? [`takes new loss types ${listed(fresh)}`] : []),
    ];
    return [
      ...(old.import_path === now.import_path ? [] : [drift(at('availability'), upgrade, move)]),
      ...(losses.length === 0
        ? []
        : [
            drift(
              at('class'),
              upgrade,
              `\`${trainer.class}\` ${losses.join('; ')}`,
              'bring the guide, the distilled code and its tests into line',
            ),
          ]),
    ];
  });
}

function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}
