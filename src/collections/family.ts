/** What trainers have in common, in the order in which the site shows them. */
export const families = [
  'supervised',
  'preference',
  'reward',
  'rl',
  'online-preference',
  'distillation',
] as const;
export type Family = (typeof families)[number];
