/** What the site is called in titles, cards and feeds. */
export const siteName = 'The Annotated Trainers';

/** What the home page says first. */
export const siteClaim = 'How TRL’s trainers work, line by line';
