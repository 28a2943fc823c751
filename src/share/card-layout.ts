import { familyShapes } from '../components/marks/family-shapes.ts';
import { cardSize, type ShareCard } from './card.ts';
import { siteName } from './site-name.ts';

/** An element of the picture: what Satori lays out, by the rules of flex boxes. */
export interface CardElement {
  type: string;
  props: { style?: Record<string, string | number>; children?: CardElement[] | string } & Record<
    string,
    unknown
  >;
}

/** Colours by the names of src/styles/tokens.css, without dashes before them. */
export type Colours = ReadonlyMap<string, string>;

/** The light ones of `--ink: light-dark(#1c1a17, #dcd7cb)`. */
export function lightColours(css: string): Colours {
  return new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}),/g)].map(([, name = '', light = '']) => [
      name,
      light,
    ]),
  );
}

/** Titles take at most 90 characters: at these sizes they fill three lines, if they are no more than words. */
function titleSize({ length }: string): number {
  if (length <= 24) return 108;
  if (length <= 44) return 88;
  return length <= 66 ? 76 : 64;
}

/** Between the site's mark and the last line there are 300 pixels for the title; what does not fit ends in dots. */
function titleStyle(title: string): Record<string, string | number> {
  const fontSize = titleSize(title);
  const lineHeight = 1.12;
  return {
    display: 'block',
    fontSize,
    fontWeight: 600,
    lineHeight,
    letterSpacing: '-0.01em',
    wordBreak: 'break-word',
    lineClamp: Math.floor(300 / (fontSize * lineHeight)),
  };
}

/**
 * The picture of a page as elements: the site's mark on top, kind and title below it, and what the page is about and
 * held to on the last line.
 *
 * @throws Error when the colours lack one
 */
export function cardLayout(card: ShareCard, colours: Colours): CardElement {
  const colour = (name: string): string => {
    const value = colours.get(name);
    if (value === undefined) throw new Error(`expected the colour --${name} in tokens.css, found none`);
    return value;
  };
  const accent = card.family ? colour(card.family) : colour('ink');
  const mono = { fontFamily: 'JetBrains Mono', fontSize: 30, color: colour('ink-soft') };
  return box(
    {
      ...cardSize,
      boxSizing: 'border-box',
      flexDirection: 'column',
      justifyContent: 'space-between',
      padding: '64px 72px 56px 84px',
      backgroundColor: colour('paper'),
      borderLeft: `20px solid ${accent}`,
      fontFamily: 'Source Serif 4',
      color: colour('ink'),
    },
    [
      box({ alignItems: 'center', fontSize: 36 }, [
        mark(44, 32, markShapes(colour('ink'), colour('paper'))),
        text({ marginLeft: 18 }, siteName),
      ]),
      box({ flexDirection: 'column' }, [
        ...(card.kind ? [kicker(card, card.kind, accent)] : []),
        text(titleStyle(card.title), card.title),
      ]),
      box(
        {
          justifyContent: 'space-between',
          paddingTop: 24,
          borderTop: `2px solid ${colour('line')}`,
          ...mono,
        },
        [text({}, card.trainer ?? ''), text({}, card.release ? `TRL ${card.release}` : '')],
      ),
    ],
  );
}

function kicker({ family }: ShareCard, kind: string, color: string): CardElement {
  return box({ alignItems: 'center', marginBottom: 18, fontSize: 36, color }, [
    ...(family ? [mark(30, 12, [{ d: familyShapes[family], fill: color }])] : []),
    text(family ? { marginLeft: 14 } : {}, kind),
  ]);
}

/** The numbered marker of the wordmark, as public/favicon.svg draws it. */
function markShapes(disc: string, digit: string) {
  return [
    { d: 'M16 1a15 15 0 1 0 0 30a15 15 0 1 0 0-30z', fill: disc },
    { d: 'M11.5 11.2 17 7.6h1.9v14.6h3.4v2.3H11.7v-2.3h4.1V11.3l-3.2 1.9z', fill: digit },
  ];
}

function mark(size: number, units: number, shapes: readonly { d: string; fill: string }[]): CardElement {
  const children = shapes.map((shape) => ({ type: 'path', props: { ...shape, fillRule: 'evenodd' } }));
  return {
    type: 'svg',
    props: { width: size, height: size, viewBox: `0 0 ${units} ${units}`, children },
  };
}

function box(style: Record<string, string | number>, children: CardElement[]): CardElement {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

function text(style: Record<string, string | number>, children: string): CardElement {
  return { type: 'div', props: { style, children } };
}
