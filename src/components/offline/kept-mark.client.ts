import { markText } from '../../offline/wording.ts';
import { SiteKeeper } from './site-keeper.ts';

/** In the footer of a kept site: since when it is kept, and whether something newer is published. */
const link = document.querySelector<HTMLAnchorElement>('[data-offline]');
if (link) {
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    const text = markText(await new SiteKeeper(new URL('../', link.href).href).state());
    if (text) link.textContent = text;
  });
  seen.observe(link);
}
