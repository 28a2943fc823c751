import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import type { MarkdownContext, PageContext } from './context.ts';

/** What a step knows: the context of the build, and the page at hand if the text is one. */
export interface Scope extends MarkdownContext {
  current: PageContext | undefined;
}

/**
 * One change of the Markdown tree, in place. Steps are synchronous functions and not unified plugins, so that
 * the check runs the same ones without Astro and without waiting. Mistakes are reported, never thrown.
 */
export type MarkdownStep = (tree: Root, file: VFile, scope: Scope) => void;

/** One change of the HTML tree, in place; may wait for a grammar to load. */
export type HtmlStep = (tree: HastRoot, file: VFile, scope: Scope) => void | Promise<void>;

/** The scope of one file. */
export function scopeOf(file: VFile, context: MarkdownContext): Scope {
  return { ...context, current: context.page(file.path) };
}
