import type { PdfDocument } from './open-pdf.ts';

/** An entry of the outline that the PDF brings along. */
export interface Bookmark {
  title: string;
  level: number;
  page: number;
}

/** A book has some hundred; beyond, every figure has one. */
const MOST_BOOKMARKS = 3_000;

type Node = Awaited<ReturnType<PdfDocument['getOutline']>>[number];

/** The bookmarks that lead to a page of the document, in order; one that leads nowhere is passed over. */
export async function readBookmarks(pdf: PdfDocument): Promise<Bookmark[]> {
  const bookmarks: Bookmark[] = [];
  let visited = 0;
  const visit = async (nodes: Node[], level: number): Promise<void> => {
    for (const node of nodes) {
      if (++visited > MOST_BOOKMARKS) return;
      const page = await pageOf(pdf, node.dest);
      const title = node.title.replace(/\s+/g, ' ').trim();
      if (page !== undefined && title !== '') bookmarks.push({ title, level: Math.min(level, 6), page });
      if (level < 30) await visit(node.items ?? [], level + 1);
    }
  };
  await visit((await orNothing(pdf.getOutline())) ?? [], 1);
  return bookmarks;
}

async function pageOf(pdf: PdfDocument, dest: Node['dest']): Promise<number | undefined> {
  const place = typeof dest === 'string' ? await orNothing(pdf.getDestination(dest)) : dest;
  const target: unknown = place?.[0];
  if (typeof target === 'number') return target + 1;
  if (target === null || typeof target !== 'object') return undefined;
  const index = await orNothing(pdf.getPageIndex(target as Parameters<PdfDocument['getPageIndex']>[0]));
  return index === undefined ? undefined : index + 1;
}

/** A broken outline takes nothing from the text, which is what counts. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}
