import type { RetrievalSummary } from '../retrieval-results.ts';
import { readStyle } from './page.ts';
import { setPlot } from './set-plot.ts';
import { REPORT_WORDS } from './words.ts';

/** The plot of the sets by itself, in English, as an SVG file that is readable in light and in dark. */
export async function retrievalPicture(summary: RetrievalSummary): Promise<string> {
  const { markup } = setPlot(summary, REPORT_WORDS.en, 880);
  return `${markup.replace('>', `>\n<style>${await readStyle('plot')}</style>`)}\n`;
}
