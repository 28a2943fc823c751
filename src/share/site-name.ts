/** What the site is called in titles, cards and feeds. */
export const siteName = 'The Annotated Trainers';
