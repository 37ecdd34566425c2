import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The figures of `/metrics`, one registry a server so that tests can run several. */
export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  answers: Counter<'outcome'>;
}

const BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
