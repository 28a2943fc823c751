import type { SearchRecord } from './records.ts';

/**
 * Pages that list what stands elsewhere. Their text would answer every question with the list, so the search
 * knows them by what they are for.
 */
export const sitePageRecords: readonly SearchRecord[] = [
  {
    url: '/trainers/',
    title: 'Trainers',
    page: 'Trainers',
    kind: 'Page',
    content: 'The catalogue: every trainer of TRL by family, filtered, sorted, two or three side by side.',
    names: [
      'catalogue of trainers',
      'compare trainers',
      'list of trainers',
      'all trainers',
      'which trainers exist',
    ],
  },
  {
    url: '/paths/',
    title: 'Learning paths',
    page: 'Learning paths',
    kind: 'Page',
    content:
      'Pages in an order that builds up, each with the reason why it comes now and a question to check yourself.',
    names: ['learning paths', 'where do I start', 'course', 'curriculum', 'tutorial order'],
  },
  {
    url: '/glossary/',
    title: 'Glossary',
    page: 'Glossary',
    kind: 'Page',
    content: 'Every term and symbol of the site, defined once.',
    names: ['glossary', 'notation', 'symbols', 'terms'],
  },
  {
    url: '/errors/',
    title: 'Errors',
    page: 'Errors',
    kind: 'Page',
    content: 'For authors: every kind of mistake that the checks find, with an example and the cure.',
    names: ['list of errors', 'error codes'],
  },
];
