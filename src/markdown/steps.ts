import { citations } from './citations.ts';
import { components } from './components.ts';
import { configFields } from './config-fields.ts';
import { diagrams } from './diagrams.ts';
import { expressions } from './expressions.ts';
import { externalLinks } from './external-links.ts';
import { failureRows } from './failure-rows.ts';
import { fences } from './fences.ts';
import { formulas } from './formulas.ts';
import { glossaryLinks } from './glossary-links.ts';
import { headingLevels } from './heading-levels.ts';
import { highlight } from './highlight.ts';
import { images } from './images.ts';
import { linkTargets } from './link-targets.ts';
import { mathCheck } from './math-check.ts';
import { permalinks } from './permalinks.ts';
import { regions } from './regions.ts';
import { safeHtml } from './safe-html.ts';
import { shortCode } from './short-code.ts';
import { siteLinks } from './site-links.ts';
import type { HtmlStep, MarkdownStep } from './step.ts';
import { symbols } from './symbols.ts';
import { tables } from './tables.ts';
import { threadLinks } from './thread-links.ts';
import { undefinedReferences } from './undefined-references.ts';
import { whenNot } from './when-not.ts';

/** In this order; the check runs them too. What becomes of components holds prose that later steps see. */
export const markdownSteps: readonly MarkdownStep[] = [
  expressions,
  safeHtml,
  headingLevels,
  images,
  linkTargets,
  components,
  mathCheck,
  fences,
  regions,
  configFields,
  diagrams,
  glossaryLinks,
  citations,
  threadLinks,
  undefinedReferences,
  symbols,
  shortCode,
  siteLinks,
];

/** In this order, on the HTML that Markdown became. Headings get ids before formulas become markup. */
export const htmlSteps: readonly HtmlStep[] = [
  highlight,
  permalinks,
  whenNot,
  formulas,
  failureRows,
  tables,
  externalLinks,
];
