import type { Markdown, MarkdownNode } from './markdown-node.ts';

/**
 * Sets formulas as their authors meant them: `$$…$$` alone in a paragraph is a displayed formula, and `$5 or $6` is
 * money (a closing dollar follows no space and is followed by no digit, as Pandoc has it).
 */
export function remarkFormulas() {
  return (tree: MarkdownNode, file: Markdown) => visit(tree, String(file));
}

function visit(node: MarkdownNode, source: string): void {
  if (!node.children) return;
  node.children = node.children.map(child => {
    if (child.type !== 'inlineMath') {
      visit(child, source);
      return child;
    }
    const start = child.position?.start.offset ?? 0;
    const end = child.position?.end.offset ?? 0;
    const raw = source.slice(start, end);
    if (isMoney(raw, source[end])) return { type: 'text', value: raw, position: child.position };
    return raw.startsWith('$$') && node.type === 'paragraph' && node.children?.length === 1
      ? displayed(child)
      : child;
  });
}

function isMoney(raw: string, next: string | undefined): boolean {
  if (raw.startsWith('$$')) return false;
  return /^\$\s|\s\$$/.test(raw) || /\d/.test(next ?? '');
}

function displayed(formula: MarkdownNode): MarkdownNode {
  return {
    ...formula,
    data: { ...formula.data, hProperties: { className: ['language-math', 'math-display'] } },
  };
}
