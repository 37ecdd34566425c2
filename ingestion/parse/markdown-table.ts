/** Rows of cells as a Markdown table whose first row is its head; rows without any word are left out. */
export function markdownTable(rows: string[][]): string {
  const filled = rows.map(cells => cells.map(cellText)).filter(cells => cells.some(cell => cell !== ''));
  const width = filled.reduce((widest, cells) => Math.max(widest, cells.length), 0);
  const lines = filled.map(
    cells => `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`,
  );
  if (lines.length > 1) lines.splice(1, 0, `|${' --- |'.repeat(width)}`);
  return lines.join('\n');
}

function cellText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}
