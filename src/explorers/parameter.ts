import { formatNumber } from '../figures/number.ts';

/** One value of an explorer's state: how it stands in an address, in a form, and in words. */
export interface Parameter<Value> {
  /** The value that a text in an address or a form stands for; undefined when it stands for none. */
  parse(text: string): Value | undefined;
  /** The text that `parse` brings back. */
  print(value: Value): string;
  /** As readers see it. */
  show(value: Value): string;
  /** What `parse` accepts, for authors: "a number from 0 to 1". */
  expected: string;
  /** The words of which the text consists, where they are known. */
  words?: readonly string[];
  /** What stands between two items of a list. */
  separator?: string;
  slider?: Slider<Value>;
}

/** How a value stands on a slider: positions from `min` to `max`. */
export interface Slider<Value> {
  min: number;
  max: number;
  step: number;
  position(value: Value): number;
  at(position: number): Value;
}

interface NumberOptions {
  /** Of the slider, in units of the value; with `logarithmic`, of its decimal logarithm. */
  step: number;
  /** Equal ways of the slider multiply the value, which gets two significant digits. */
  logarithmic?: boolean;
  whole?: boolean;
}

/** A number within bounds, both included. */
export function number(
  low: number,
  high: number,
  { step, logarithmic = false, whole = false }: NumberOptions,
): Parameter<number> {
  const held = (value: number) => (whole ? Math.round(value) : value) + 0;
  const position = logarithmic ? Math.log10 : held;
  return {
    parse: (text) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return value >= low && value <= high ? held(value) : undefined;
    },
    print: String,
    show: (value) => formatNumber(value),
    expected: `a number from ${low} to ${high}`,
    slider: {
      min: position(low),
      max: position(high),
      step,
      position,
      at: (place) =>
        logarithmic
          ? Math.min(high, Math.max(low, Number((10 ** place).toPrecision(2))))
          : held(Number(place.toPrecision(12))),
    },
  };
}

/** One of a few values. */
export function choice<Value extends string | number>(values: readonly Value[]): Parameter<Value> {
  const words = values.map(String);
  return {
    parse: (text) => values.find((value) => String(value) === text),
    print: String,
    show: String,
    expected: `one of ${words.join(', ')}`,
    words,
  };
}

/** Some of a few names, none too, kept in the order of `names`: `sigmoid.ipo`. */
export function some<Name extends string>(names: readonly Name[]): Parameter<readonly Name[]> {
  return {
    parse: (text) => {
      const words = text.split('.').filter(Boolean);
      const known = words.every((word) => names.some((name) => name === word));
      return known ? names.filter((name) => words.includes(name)) : undefined;
    },
    print: (chosen) => chosen.join('.'),
    show: (chosen) => chosen.join(', '),
    expected: `some of ${names.join(', ')}, with a dot between two`,
    words: names,
    separator: '.',
  };
}

/** On or off: `1`, `0`. A checkbox that is off sends nothing. */
export const flag: Parameter<boolean> = {
  parse: (text) => (text === '1' ? true : text === '0' || text === '' ? false : undefined),
  print: (on) => (on ? '1' : '0'),
  show: (on) => (on ? 'on' : 'off'),
  expected: '1 or 0',
  words: ['1', '0'],
  separator: '',
};

/** From `least` to `most` numbers within bounds: `1,0.5,-2`. */
export function numbers(
  low: number,
  high: number,
  { least, most }: { least: number; most: number },
): Parameter<readonly number[]> {
  return {
    parse: (text) => {
      const items = text.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
      const right = items.every((value) => value >= low && value <= high);
      return right && items.length >= least && items.length <= most ? items : undefined;
    },
    print: (values) => values.join(','),
    show: (values) => values.map((value) => formatNumber(value)).join(', '),
    expected: `${least} to ${most} numbers from ${low} to ${high}, with a comma between two`,
    separator: ',',
  };
}

/** Text of up to `most` letters. It is the reader's: markup made of it needs `escapeMarkup`. */
export function text(most: number): Parameter<string> {
  return {
    parse: (given) => (given.length <= most ? given : undefined),
    print: (given) => given,
    show: (given) => given,
    expected: `at most ${most} letters`,
  };
}
