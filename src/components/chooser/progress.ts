/**
 * How far the questions have come: `Question 2 of at most 4`.
 *
 * @param number that of the question, from 1
 * @param left questions left at most, this one included
 */
export function progress(number: number, left: number): string {
  const last = number + left - 1;
  return number === last ? `Question ${number}, the last` : `Question ${number} of at most ${last}`;
}
