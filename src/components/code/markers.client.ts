/**
 * Pointing at a marker or at its remark lights both, and the marked line.
 * The link between them works without this.
 */
for (const region of document.querySelectorAll('.region')) {
  const light = (target: EventTarget | null) => {
    for (const lit of region.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (!(target instanceof Element)) return;
    const remark = target.closest<HTMLElement>('.remarks > li');
    const line = target.closest('.line');
    const number = remark?.dataset.marker ?? line?.querySelector('.marker')?.textContent?.trim();
    if (!number) return;
    region.querySelector(`.remarks > li[data-marker="${number}"]`)?.classList.add('lit');
    for (const marker of region.querySelectorAll('.marker')) {
      if (marker.textContent?.trim() === number) marker.closest('.line')?.classList.add('lit');
    }
  };
  region.addEventListener('pointerover', ({ target }) => light(target));
  region.addEventListener('pointerleave', () => light(null));
  region.addEventListener('focusin', ({ target }) => light(target));
  region.addEventListener('focusout', () => light(null));
}
