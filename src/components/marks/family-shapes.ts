import type { Family } from '../../collections/family.ts';

/** The shape of each family, as the path of an SVG 12 units wide and high; filled by even-odd. */
export const familyShapes: Record<Family, string> = {
  // a square: one text to imitate
  supervised: 'M2 2h8v8H2z',
  // a divided diamond: a pair
  preference: 'M5.4 1 .6 6l4.8 5zM6.6 1l4.8 5-4.8 5z',
  // a triangle: up is better
  reward: 'M6 1.2 11.4 10.6H.6z',
  // a ring: the loop
  rl: 'M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8zm0 2.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z',
  // a ring cut in two: a loop over pairs
  'online-preference':
    'M5.4.8a5.2 5.2 0 0 0 0 10.4V8.5a2.6 2.6 0 0 1 0-5zM6.6.8a5.2 5.2 0 0 1 0 10.4V8.5a2.6 2.6 0 0 0 0-5z',
  // a drop
  distillation: 'M6 .4C7.6 3 10 5.3 10 7.7a4 4 0 0 1-8 0C2 5.3 4.4 3 6 .4z',
};
