import type { ThemeRegistration } from 'shiki';

/*
 * Token classes, for the style sheet of code:
 *   tk-keyword      def, return, if, import, and, not
 *   tk-string       strings, docstrings
 *   tk-escape       \n and the {…} of f-strings
 *   tk-number       1e-5
 *   tk-constant     True, None, ELLIPSIS
 *   tk-comment      # …
 *   tk-function     names of functions, where defined and where called
 *   tk-builtin      len, print, __init__
 *   tk-type         classes, built-in types, exceptions
 *   tk-self         self, cls
 *   tk-decorator    @dataclass
 *   tk-tag          tags of HTML
 *   tk-inserted, tk-removed, tk-heading   in diffs and Markdown
 * All else has the colour of the text. Operators, parameters and properties are sorted apart below, or they
 * would be keywords and types; they get no class, which a page of code is a kilobyte lighter for.
 */
const scopes = {
  'tk-keyword': [
    'keyword',
    'storage',
    'keyword.operator.logical',
    'keyword.operator.new',
    'keyword.operator.word',
  ],
  'tk-operator': ['keyword.operator', 'punctuation.separator.annotation.result'],
  'tk-string': ['string', 'storage.type.string', 'punctuation.definition.string', 'markup.inline.raw'],
  'tk-escape': [
    'constant.character.escape',
    'constant.character.format',
    'storage.type.format',
    'punctuation.definition.template-expression',
    'meta.embedded punctuation.section.embedded',
  ],
  'tk-number': ['constant.numeric', 'keyword.other.unit', 'storage.type.number', 'storage.type.imaginary'],
  'tk-constant': ['constant.language', 'constant.other', 'support.constant', 'variable.other.constant'],
  'tk-comment': ['comment', 'punctuation.definition.comment'],
  'tk-function': [
    'entity.name.function',
    'meta.function-call.generic',
    'entity.name.command',
    'variable.function',
  ],
  'tk-builtin': ['support.function', 'support.variable', 'variable.language'],
  'tk-type': ['entity.name.type', 'entity.other.inherited-class', 'support.type', 'support.class'],
  'tk-parameter': ['variable.parameter', 'constant.other.option'],
  'tk-self': ['variable.language.special.self', 'variable.parameter.function.language.special.self'],
  'tk-decorator': ['entity.name.function.decorator', 'punctuation.definition.decorator'],
  'tk-property': [
    'support.type.property-name',
    'entity.name.tag.yaml',
    'entity.other.attribute-name',
    'support.type.property-name.toml',
  ],
  'tk-tag': ['entity.name.tag'],
  'tk-inserted': ['markup.inserted'],
  'tk-removed': ['markup.deleted'],
  'tk-heading': ['markup.heading', 'meta.diff.header', 'meta.diff.range'],
} as const;

/** A colour for each class, so that a token's colour tells its class. The colours are never shown. */
const classes = Object.keys(scopes);
const colourOf = (index: number) => `#0000${(index + 1).toString(16).padStart(2, '0').toUpperCase()}`;
const byColour = new Map(classes.map((name, index) => [colourOf(index), name]));

/** The theme by which Shiki sorts tokens. */
export const tokenTheme: ThemeRegistration = {
  name: 'token-classes',
  type: 'light',
  fg: '#000000',
  bg: '#FFFFFF',
  settings: Object.entries(scopes).map(([, scope], index) => ({
    scope: [...scope],
    settings: { foreground: colourOf(index) },
  })),
};

const plain = new Set(['tk-operator', 'tk-parameter', 'tk-property']);

/** The class of a token by the colour that the theme gave it; undefined for plain text. */
export function tokenClass(colour: string | undefined): string | undefined {
  const name = colour === undefined ? undefined : byColour.get(colour.toUpperCase());
  return name !== undefined && plain.has(name) ? undefined : name;
}
