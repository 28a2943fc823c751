// Types of expression and JSX nodes.
import type {} from 'remark-mdx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { JsxElement } from './jsx.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/**
 * MDX runs what stands between braces as JavaScript: of the set {1, 2} a reader would see "2". It runs `import`
 * and `export` at the start of a paragraph, too. Content needs no JavaScript, so of all that only comments may
 * stand there.
 */
export const expressions: MarkdownStep = (tree, file) => {
  visit(tree, ['mdxTextExpression', 'mdxFlowExpression'], (node) => {
    if (!('value' in node) || /^\s*(?:\/\*[\s\S]*\*\/\s*)*$/.test(node.value)) return;
    report(file, 'mdx-code', node, `MDX would run \`{${node.value}}\` as JavaScript`, {
      suggestion: 'write `\\{`, or put it in inline code or a formula',
    });
  });
  visit(tree, 'mdxjsEsm', (node) => {
    const [first = ''] = node.value.split('\n');
    const word = /^export\b/.test(first) ? 'export' : 'import';
    report(file, 'mdx-code', node, `MDX would run \`${first}\` as JavaScript`, {
      suggestion: `components need no import; a sentence that begins with "${word}" begins otherwise, or in inline code`,
    });
  });
  visit(tree, ['mdxJsxFlowElement', 'mdxJsxTextElement'], (node) => {
    if ('attributes' in node) checkAttributes(node, file);
  });
};

function checkAttributes(node: JsxElement, file: VFile): void {
  for (const attribute of node.attributes) {
    if (attribute.type === 'mdxJsxExpressionAttribute') {
      report(
        file,
        'mdx-code',
        node,
        `MDX would run \`{${attribute.value}}\` on <${node.name}> as JavaScript`,
        {
          suggestion: 'write each attribute as name="value"',
        },
      );
    } else if (typeof attribute.value === 'object' && attribute.value !== null) {
      const { name, value } = attribute;
      report(file, 'mdx-code', node, `MDX would run \`${name}={${value.value}}\` as JavaScript`, {
        suggestion: `write ${name}="…"`,
      });
    }
  }
}
