/** As much of a Markdown syntax tree as our plugins touch. */
export interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: Record<string, unknown> | undefined;
  position?: { start: { offset?: number }; end: { offset?: number } } | undefined;
}

/** The source behind a tree; `String(file)` is its text. */
export interface Markdown {
  toString(): string;
}
