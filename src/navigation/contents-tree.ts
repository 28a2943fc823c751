export interface Heading {
  depth: number;
  slug: string;
  text: string;
}

export interface ContentsItem extends Heading {
  children: ContentsItem[];
}

/** Headings of depth 2 with those of depth 3 below them. A depth 3 before any depth 2 stands by itself. */
export function contentsTree(headings: readonly Heading[]): ContentsItem[] {
  const tree: ContentsItem[] = [];
  for (const heading of headings) {
    if (heading.depth < 2 || heading.depth > 3) continue;
    const item = { ...heading, children: [] };
    const parent = tree.at(-1);
    if (heading.depth === 3 && parent?.depth === 2) parent.children.push(item);
    else tree.push(item);
  }
  return tree;
}
