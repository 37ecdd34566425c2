import { progress as progressBar } from '@clack/prompts';

/** Without a terminal a line every so often tells that the work goes on. */
const LINE_MS = 5_000;

/** Shows how long work goes: `update` with the share that is done (0 to 1) and words for it, then `end`. */
export interface ShownProgress {
  update(part: number, text: string): void;
  end(): void;
}

/** A bar on a terminal, else lines, on standard error: standard output belongs to results. */
export function showProgress(title: string): ShownProgress {
  return process.stderr.isTTY ? showBar(title) : showLines();
}

function showBar(title: string): ShownProgress {
  const bar = progressBar({ max: 1000, output: process.stderr });
  let shown = 0;
  bar.start(title);
  return {
    update(part, text) {
      const steps = Math.max(0, Math.round(part * 1000) - shown);
      shown += steps;
      bar.advance(steps, text);
    },
    end: () => bar.stop('Done'),
  };
}

function showLines(): ShownProgress {
  let last = Date.now();
  return {
    update(_part, text) {
      if (Date.now() - last < LINE_MS) return;
      last = Date.now();
      process.stderr.write(`${text}\n`);
    },
    end: () => undefined,
  };
}
