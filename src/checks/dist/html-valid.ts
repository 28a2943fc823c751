import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { problem } from '../../errors/problem.ts';
import type { PageCheck } from './check.ts';

/*
 * Rules of taste are off: Astro and KaTeX decide how void elements, attribute quotes and inline styles look,
 * and `checkInlineStyle`, `checkHeadings` and the browser tests cover what matters of them.
 */
const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard'],
    rules: {
      'void-style': 'off',
      'no-inline-style': 'off',
      'attribute-boolean-style': 'off',
      'attribute-empty-style': 'off',
      'attr-quotes': 'off',
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
      'long-title': 'off',
      // A symbol's id is its name (`DPOConfig.beta`).
      'valid-id': ['error', { relaxed: true }],
      // Roles that repeat an element's own help older screen readers with unstyled lists and regions.
      'no-redundant-role': 'off',
      'prefer-native-element': 'off',
      'tel-non-breaking': 'off',
    },
  }),
);

/** A page is valid HTML. Slow (tens of milliseconds a page): a site test runs it, not every build. */
export const checkHtml: PageCheck = ({ file, html }) =>
  validator
    .validateStringSync(html, file)
    .results.flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line, column, size, severity }) =>
      problem('html-invalid', { file, line, column, length: size }, `${message} (${ruleId})`, {
        severity: severity > 1 ? 'error' : 'warning',
      }),
    );
