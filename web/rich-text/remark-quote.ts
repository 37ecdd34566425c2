import type { MarkdownNode } from './markdown-node.ts';
import type { Span } from './rich-text.tsx';

const LEAVES = new Set(['text', 'inlineCode', 'inlineMath']);

/**
 * Wraps what stands between `quote.start` and `quote.end` of the source in `<mark>`, formatting and formulas kept.
 * Offsets are those of the source, so a quote is found exactly, however often its words occur.
 */
export function remarkQuote(quote: Span | undefined) {
  return (tree: MarkdownNode) => {
    if (quote && quote.end > quote.start) markWithin(tree, quote);
  };
}

function markWithin(node: MarkdownNode, quote: Span): void {
  if (!node.children) return;
  node.children = node.children.flatMap(child => {
    const start = child.position?.start.offset;
    const end = child.position?.end.offset;
    if (start === undefined || end === undefined || end <= quote.start || start >= quote.end) return [child];
    if (child.type === 'text') return splitText(child, { start, end }, quote);
    if (LEAVES.has(child.type)) return [marked(child)];
    if (child.type === 'math' || child.type === 'code') return [markedBlock(child)];
    markWithin(child, quote);
    return [child];
  });
}

/** A text node cut into before, marked, after; marked whole where escapes make its length differ from its source's. */
function splitText(node: MarkdownNode, place: Span, quote: Span): MarkdownNode[] {
  const value = node.value ?? '';
  if (value.length !== place.end - place.start) return [marked(node)];
  const from = Math.max(0, quote.start - place.start);
  const to = Math.min(value.length, quote.end - place.start);
  const pieces = [
    { type: 'text', value: value.slice(0, from) },
    marked({ type: 'text', value: value.slice(from, to) }),
    { type: 'text', value: value.slice(to) },
  ];
  return pieces.filter(piece => piece.value !== '');
}

function marked(node: MarkdownNode): MarkdownNode {
  return { type: 'emphasis', data: { hName: 'mark' }, children: [node] };
}

function markedBlock(node: MarkdownNode): MarkdownNode {
  return { type: 'blockquote', data: { hName: 'mark' }, children: [node] };
}
