import { setTimeout as pause } from 'node:timers/promises';
import { type ProcessorTime, readProcessorTime } from './process-cost.ts';

/** Milliseconds. */
export interface Quantiles {
  n: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export function quantilesOf(latencies: number[]): Quantiles {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export const round = (value: number) => Math.round(value * 100) / 100;

/** Quantiles, and processor time in ms a query. */
export interface Load extends Quantiles {
  node: number;
  postgres: number | null;
}

/** One client: each query starts when the one before has its answer. */
export async function oneClient<Query>(
  queries: Query[],
  backends: number[],
  run: (query: Query) => Promise<unknown>,
): Promise<Load> {
  return measured(backends, async () => {
    const latencies: number[] = [];
    for (const query of queries) {
      const started = performance.now();
      await run(query);
      latencies.push(performance.now() - started);
    }
    return latencies;
  });
}

/**
 * Many clients: queries start at their times whether or not those before have their answers, and a query's latency
 * counts from when it should have started, so that a stall is not hidden by the waiting of the clock itself.
 */
export async function openLoop<Query>(
  queries: Query[],
  rate: number,
  backends: number[],
  run: (query: Query) => Promise<unknown>,
): Promise<Load> {
  return measured(backends, async () => {
    const started = performance.now();
    const ends = queries.map(async (query, i) => {
      const due = started + (i * 1000) / rate;
      await pause(Math.max(0, due - performance.now()));
      await run(query);
      return performance.now() - due;
    });
    return Promise.all(ends);
  });
}

async function measured(backends: number[], work: () => Promise<number[]>): Promise<Load> {
  const before = await readProcessorTime(backends);
  const latencies = await work();
  const after = await readProcessorTime(backends);
  return { ...quantilesOf(latencies), ...perQuery(before, after, latencies.length) };
}

function perQuery(before: ProcessorTime, after: ProcessorTime, queries: number): ProcessorTime {
  const known = before.postgres !== null && after.postgres !== null;
  return {
    node: round((after.node - before.node) / queries),
    postgres: known ? round((after.postgres! - before.postgres!) / queries) : null,
  };
}
