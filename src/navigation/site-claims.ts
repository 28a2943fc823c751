/** What the site's own words may claim of its pages. */
export interface SiteClaims {
  /** The home page's first paragraph, and its description for search engines. */
  lead: string;
  description: string;
  footer: string;
  guides: string;
  examples: string;
}

/**
 * The words about the site as a whole. They promise what was checked only of pages that were: imported pages are
 * named as what they are.
 *
 * @param trl the release that content is held to
 */
export function siteClaims(pages: Iterable<{ data: { verified: boolean } }>, trl: string | null): SiteClaims {
  const all = [...pages];
  const imported = all.filter(({ data }) => !data.verified).length;
  if (imported > 0 && imported === all.length) return importedClaims(trl);
  const except =
    imported === 0
      ? ''
      : ` ${imported} of the ${all.length} pages were imported, and nobody has checked them.`;
  return {
    lead: `Each trainer of Hugging Face TRL gets three pages: its loss derived and worked by hand, its computation in plain PyTorch beside the explanation, and a script that learns on a CPU in minutes. Every name, default and number is checked against TRL ${trl}.${except}`,
    description: `How the trainers of Hugging Face TRL work, line by line: distilled code, derived losses, scripts that run. ${imported === 0 ? 'Every name and number is checked.' : 'What is checked is said on each page.'}`,
    footer: `Tutorials on the trainers of Hugging Face TRL, checked against release ${trl ?? 'none yet'} by code that runs.${except}`,
    guides: `The concepts behind a trainer: the loss derived without a gap, worked by hand, and mapped term by term to code that runs.${except}`,
    examples: `Training scripts that run: on a CPU in minutes with --tiny, on a real model without it. Each asserts what it teaches.${except}`,
  };
}

function importedClaims(trl: string | null): SiteClaims {
  const unchecked = 'Nobody has checked them';
  return {
    lead: `Tutorials on the trainers of Hugging Face TRL: how each works inside, the concepts behind it, and scripts that train with it. They were written elsewhere and imported. ${unchecked}: what they say may hold for another release than TRL ${trl}.`,
    description: `Tutorials on the trainers of Hugging Face TRL, imported as they stood. ${unchecked}.`,
    footer: `Tutorials on the trainers of Hugging Face TRL, imported as they stood. ${unchecked} against a release.`,
    guides: `Concepts and references. They were imported as they stood, and nobody has checked them.`,
    examples: `Training scripts. They were imported as they stood, and nobody has run them.`,
  };
}
