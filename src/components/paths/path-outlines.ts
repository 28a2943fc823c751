import type { OutlineStep, PathOutline } from '../../progress/path-progress.ts';

/** A step with what a link to it needs. */
export interface LinkedStep extends OutlineStep {
  /** With base, and with the path as its parameter. */
  href: string;
  title: string;
}

export interface LinkedPath extends PathOutline<LinkedStep> {
  name: string;
}

/** The paths that the page carries in `<template data-path>`, in their order. */
export function pathOutlines(root: ParentNode = document): LinkedPath[] {
  return [...root.querySelectorAll<HTMLTemplateElement>('template[data-path]')].map(
    ({ dataset, content }) => ({
      slug: dataset.path ?? '',
      name: dataset.name ?? '',
      after: (dataset.after ?? '').split(' ').filter(Boolean),
      steps: [...content.querySelectorAll('a')].map((link) => ({
        ref: link.dataset.ref ?? '',
        minutes: Number(link.dataset.minutes),
        href: link.getAttribute('href') ?? '',
        title: link.textContent,
      })),
    }),
  );
}
