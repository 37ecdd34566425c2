import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The figures of `/metrics`, one registry a server so that tests can run several. */
export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  answers: Counter<'outcome'>;
}

const BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** `lostParts` is counted by the search itself. */
export function createMetrics(lostParts: Readonly<Record<string, number>>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: 'searches_without_part_total',
    help: 'Searches that went on without a part that failed or was late: embedding (words alone), rerank',
    labelNames: ['part'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [part, count] of Object.entries(lostParts)) this.inc({ part }, count);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_seconds',
      help: 'Duration of requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers: [registry],
    }),
    answers: new Counter({
      name: 'answers_total',
      help: 'Finished answers by outcome; failed and stopped ones too',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  };
}
