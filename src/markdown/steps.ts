import type { HtmlStep, MarkdownStep } from './step.ts';

/** In this order; the check runs them too. */
export const markdownSteps: readonly MarkdownStep[] = [];

/** In this order, on the HTML that Markdown became. */
export const htmlSteps: readonly HtmlStep[] = [];
