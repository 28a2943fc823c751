/**
 * Prints the page.
 *
 * @param answers whether the folded answers are printed too; print.css unfolds them for this one print
 */
export function printPage(answers: boolean): void {
  const { dataset } = document.documentElement;
  if (answers) {
    dataset.print = 'answers';
    window.addEventListener('afterprint', () => delete dataset.print, { once: true });
  }
  window.print();
}
