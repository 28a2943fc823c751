import type { Facts } from '../../collections/facts.ts';
import type { MigrationNote } from '../../collections/migration-note.ts';
import type { Trainer } from '../../collections/trainer.ts';
import { withExcerpts } from '../../errors/excerpt.ts';
import { byPlace, type Problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { finding, goneOption, type Judgement, judge } from './judge.ts';
import { judgeMentions, ofThePast } from './mentions.ts';
import { trlNames } from './names.ts';
import { piecesOf } from './pieces.ts';
import { pythonUses } from './python-uses.ts';
import { type ReleaseNames, releaseNames } from './release-names.ts';
import { sourceFiles } from './source-files.ts';
import { statusTotals } from './status-totals.ts';

/** What imported files are held to. */
export interface ReportGround {
  /** Newest release first: the pinned one, and older ones. */
  facts: readonly Facts[];
  trainers: readonly Trainer[];
  /** What to do about each change of TRL. */
  migration?: readonly MigrationNote[];
}

/**
 * What the facts, and the files themselves, say against imported files: imports, classes, arguments and members of TRL
 * that the pinned release does not have, with what replaced them; its source files; Python that does not parse; totals of a STATUS file
 * that the files do not bear out. All are warnings: an imported page is not verified. In order of appearance, with
 * excerpts. Nothing is said of what the facts do not know.
 *
 * A file about a trainer that the pinned release no longer has is held to the newest release that has it, as its
 * page is.
 */
export function reportOn(files: readonly ImportFile[], ground: ReportGround): Problem[] {
  const { facts, trainers, migration = [] } = ground;
  const newest = facts[0];
  if (!newest) return [];
  const releases = new Map<string, ReleaseNames>();
  const namesOf = ({ trl, because }: Pin) => {
    const names = releases.get(`${trl} ${because}`) ?? releaseNames(trl, facts, trainers, because);
    releases.set(`${trl} ${because}`, names);
    return names;
  };
  const known = classNames(facts);
  const found = files.flatMap((file) => {
    const names = namesOf(pinOf(file, ground, newest.trl));
    return ofFile(file, { names, trainers, notes: migration }, known);
  });
  const texts = new Map(files.map(({ shown, text }) => [shown, text]));
  return withExcerpts([...found, ...statusTotals(files)], texts).sort(byPlace);
}

function ofFile(file: ImportFile, judgement: Judgement, known: (name: string) => boolean): Problem[] {
  const { code, snippets, mentions, options, broken } = piecesOf(file);
  const lines = file.text.split('\n');
  const uses = [
    ...pythonUses(code, known),
    ...snippets
      .filter((each) => !ofThePast.test(lines[each.place(0, 0).line - 1] ?? ''))
      .flatMap((each) => pythonUses([each], known)),
  ];
  return [
    ...broken.map(({ message, ...place }) => finding('python-syntax', place, message, undefined)),
    ...uses.flatMap((use) => judge(use, judgement)),
    ...options.flatMap((option) => goneOption(option, judgement)),
    ...judgeMentions(mentions, file, known, judgement),
    ...sourceFiles(file, judgement.names.trl),
  ];
}

interface Pin {
  trl: string;
  /** The class that newer releases no longer have. */
  because: string | undefined;
}

/** The release that a file is held to: that of its trainers, when they agree. */
function pinOf({ trainers: slugs }: ImportFile, { facts, trainers }: ReportGround, newest: string): Pin {
  const pins = slugs.map((slug) => {
    const name = trainers.find((each) => each.slug === slug)?.class;
    const trl = facts.find(({ classes }) => classes.some((each) => each.name === name))?.trl ?? newest;
    return { trl, because: trl === newest ? undefined : name };
  });
  const [pin] = pins;
  return pin && pins.every(({ trl }) => trl === pin.trl) ? pin : { trl: newest, because: undefined };
}

/** What a fragment without imports means by a name: TRL's classes, of this release and of all before. */
function classNames(facts: readonly Facts[]): (name: string) => boolean {
  const public_ = [...(trlNames.exports.trl ?? []), ...Object.keys(trlNames.gone.names.trl ?? {})];
  const trained = [
    ...facts.flatMap(({ classes }) => classes.map(({ name }) => name)),
    ...Object.values(trlNames.gone.names).flatMap((names) => Object.keys(names)),
  ].filter((name) => /(?:Config|Trainer)$/.test(name));
  const names = new Set([...public_, ...trained].filter((name) => /^[A-Z][a-zA-Z]*[a-z]/.test(name)));
  for (const { external } of facts) for (const name of Object.keys(external)) names.delete(name);
  return (name) => names.has(name);
}
