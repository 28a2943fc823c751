import { columns } from '../../errors/columns.ts';
import { type Rule, readRules } from '../../styles/katex/rules.ts';
import type { SiteContext } from './check.ts';
import { type FontFace, fontFaces, formulaFonts, textFonts } from './font-files.ts';
import type { SitePage } from './page.ts';
import { type PageKind, pageKind, pageKinds } from './page-kind.ts';
import { budget, type PageWeight } from './page-weight.ts';
import { readText } from './site-files.ts';

/** What the pages of one kind weigh, in bytes; HTML, CSS and scripts after gzip. */
export interface KindWeight extends PageWeight {
  kind: PageKind;
  pages: number;
  /** Path of the heaviest page by HTML, CSS and scripts; the other figures are this page's. */
  heaviest: string;
  total: number;
  /** Files of fonts that the page can fetch: for italics and Greek, whether or not it sets any. */
  fonts: number;
  images: number;
}

/** Collects what pages weigh, by kind. Pages are let go: of each kind one row is kept. */
export class WeightReport {
  readonly #kinds = new Map<PageKind, KindWeight>();
  readonly #sheets = new Map<string, { faces: FontFace[]; rules: Rule[] }>();

  /**
   * @param url of the page
   * @param read parses the page, which is done for those that are heavier than others of their kind
   */
  add(url: string, { html, css, js }: PageWeight, context: SiteContext, read: () => SitePage): void {
    const kind = pageKind(url);
    const before = this.#kinds.get(kind);
    const pages = (before?.pages ?? 0) + 1;
    const total = html + css + js;
    if (before && total <= before.total) {
      before.pages = pages;
      return;
    }
    const page = read();
    const fonts = bytes(this.#fonts(page, context), context);
    const images = bytes(imagesOf(page, context), context);
    this.#kinds.set(kind, { kind, pages, heaviest: url, html, css, js, total, fonts, images });
  }

  /** One row a kind, in the order of the site's navigation. */
  rows(): KindWeight[] {
    return pageKinds.flatMap((kind) => this.#kinds.get(kind) ?? []);
  }

  #fonts(page: SitePage, { site, base }: SiteContext): Set<string> {
    const linked = page.elements.flatMap(({ tag, attributes: { rel, href } }) =>
      tag === 'link' && rel === 'stylesheet' && href?.startsWith(base) ? [href.slice(base.length)] : [],
    );
    const sheets = linked
      .filter((path) => site.paths.has(path))
      .map((path) => {
        const known = this.#sheets.get(path);
        if (known) return known;
        const css = readText(site, path);
        const isKatex = css.includes('.katex-version');
        const sheet = { faces: fontFaces(css, base), rules: isKatex ? readRules(css) : [] };
        this.#sheets.set(path, sheet);
        return sheet;
      });
    const faces = sheets.flatMap((sheet) => sheet.faces);
    const isMath = ({ name }: FontFace) => name.startsWith('KaTeX_');
    const math = formulaFonts(
      page,
      sheets.flatMap(({ rules }) => rules),
      faces.filter(isMath),
    );
    const text = textFonts(
      page.html,
      faces.filter((face) => !isMath(face)),
    );
    return new Set([...math.files, ...text]);
  }
}

/** The rows as a table of KiB, with the budget. */
export function weightTable(rows: readonly KindWeight[]): string {
  const figures = ({ total, html, css, js, fonts, images }: KindWeight) =>
    [total, html, css, js, fonts, images].map((each) => (each / 1024).toFixed(1));
  const over = ({ total, js }: KindWeight) => (total > budget.total || js > budget.js ? '  over budget' : '');
  return [
    `Page weight in KiB after gzip (level 9), the heaviest page of each kind; budget ${budget.total / 1024}, of which scripts ${budget.js / 1024}`,
    columns([
      ['kind', 'pages', 'total', 'HTML', 'CSS', 'scripts', '+ fonts', '+ images', 'page'],
      ...rows.map((row) => [row.kind, String(row.pages), ...figures(row), row.heaviest + over(row)]),
    ]),
  ].join('\n');
}

function imagesOf(page: SitePage, { base }: SiteContext): Set<string> {
  return new Set(
    page.elements.flatMap(({ tag, attributes: { src, rel, href } }) => {
      const address = tag === 'img' ? src : tag === 'link' && rel === 'icon' ? href : undefined;
      return address?.startsWith(base) ? [address.slice(base.length)] : [];
    }),
  );
}

function bytes(paths: ReadonlySet<string>, { site }: SiteContext): number {
  return [...paths]
    .filter((path) => site.paths.has(path))
    .reduce((sum, path) => sum + site.read(path).length, 0);
}
