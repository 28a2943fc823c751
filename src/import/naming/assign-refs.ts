import { type Problem, problem } from '../../errors/problem.ts';
import type { Classified } from './classify.ts';
import { addressOf, bareName } from './file-name.ts';

interface Named extends Classified {
  path: string;
  shown: string;
}

/**
 * Gives each file the page that it becomes, `guides/dpo-loss-reference`. A trainer has one annotated page: a
 * second one, and one on a trainer that the registry lacks, becomes a guide. Of two files that want one address
 * the second, by path, gets its folder's name before it, or a number behind it; files at the places of the
 * predecessor's shape come first.
 */
export function assignRefs(files: readonly Named[]): { refs: Map<string, string>; problems: Problem[] } {
  const owners = new Map<string, string>();
  const refs = new Map<string, string>();
  const problems: Problem[] = [];
  const take = (ref: string, path: string) => {
    owners.set(ref, path);
    refs.set(path, ref);
  };
  const inShape = ({ path }: Named) =>
    /^(?:(?:annotated_trainers|reference_guides|annotated_examples)\/)?[^/]+$/.test(path);
  const ordered = [...files.filter(inShape), ...files.filter((file) => !inShape(file))];
  for (const { path, shown, role, trainers, unknownTrainer } of ordered) {
    const renamed = (reason: string, ref: string) => {
      const message = `${reason}, so the page becomes ${ref}`;
      const place = { file: shown, line: 1, column: 1 };
      problems.push(problem('import-renamed', place, message, { severity: 'warning' }));
    };
    const own = `trainers/${trainers[0]}`;
    if (role === 'annotated' && trainers.length > 0 && !owners.has(own)) {
      take(own, path);
      continue;
    }
    const section = role === 'script' ? 'examples' : 'guides';
    const [wanted = '', ...others] = candidates(section, path, owners.size);
    const ref = [wanted, ...others].find((each) => !owners.has(each)) ?? wanted;
    if (unknownTrainer !== undefined) renamed(`the registry has no trainer ${unknownTrainer}`, ref);
    else if (role === 'annotated') renamed(`${own} is taken by ${owners.get(own)}`, ref);
    else if (ref !== wanted) renamed(`${wanted} is taken by ${owners.get(wanted)}`, ref);
    take(ref, path);
  }
  return { refs, problems };
}

/** What a file's page may be called, the best first; more than there are pages. */
function candidates(section: string, path: string, pages: number): string[] {
  const slug = addressOf(bareName(path));
  const folder = path.split('/').at(-2);
  const numbered = Array.from({ length: pages + 1 }, (_, index) => `${slug}-${index + 2}`);
  const slugs = [slug, ...(folder === undefined ? [] : [addressOf(`${folder} ${slug}`)]), ...numbered];
  return slugs.map((each) => `${section}/${each}`);
}
