import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type {
  AnswerCard,
  AnswerDetail,
  GenerationCard,
  IngestionRun,
  IngestionRunDetail,
  Outcome,
  Overview,
  PlanDoubt,
} from './types.ts';

/** While a run is working its figures are asked for this often. */
const REFRESH_MS = 2000;

export interface AnswerFilter {
  outcome?: Outcome | undefined;
  feedback?: 'good' | 'bad' | undefined;
  before?: string | undefined;
}

export function useOverview() {
  return useQuery({
    queryKey: ['admin', 'overview'],
    queryFn: ({ signal }) => callApi<Overview>('/api/admin/overview', { signal }),
  });
}

export function useAnswers(filter: AnswerFilter) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  return useQuery({
    queryKey: ['admin', 'answers', filter],
    queryFn: ({ signal }) =>
      callApi<{ answers: AnswerCard[] }>(`/api/admin/answers?${query}`, { signal }).then(
        reply => reply.answers,
      ),
  });
}

export function useAnswerDetail(messageId: string) {
  return useQuery({
    queryKey: ['admin', 'answer', messageId],
    queryFn: ({ signal }) => callApi<AnswerDetail>(`/api/admin/answers/${messageId}`, { signal }),
  });
}

export function usePlanDoubts() {
  return useQuery({
    queryKey: ['admin', 'plan-doubts'],
    queryFn: ({ signal }) =>
      callApi<{ doubts: PlanDoubt[] }>('/api/admin/plan-doubts', { signal }).then(reply => reply.doubts),
  });
}

export function useGenerations() {
  return useQuery({
    queryKey: ['admin', 'generations'],
    queryFn: ({ signal }) =>
      callApi<{ generations: GenerationCard[] }>('/api/admin/generations', { signal }).then(
        reply => reply.generations,
      ),
  });
}

export const isRunning = (run: IngestionRun) => run.state === 'reading' || run.state === 'working';

export function useIngestionRuns() {
  return useQuery({
    queryKey: ['admin', 'runs'],
    queryFn: ({ signal }) =>
      callApi<{ runs: IngestionRun[] }>('/api/admin/ingestion-runs', { signal }).then(reply => reply.runs),
    refetchInterval: query => (query.state.data?.some(isRunning) ? REFRESH_MS : false),
  });
}

export function useIngestionRun(id: string) {
  return useQuery({
    queryKey: ['admin', 'run', id],
    queryFn: ({ signal }) =>
      callApi<IngestionRunDetail>(`/api/admin/ingestion-runs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: query => (query.state.data && isRunning(query.state.data) ? REFRESH_MS : false),
  });
}

const runPath = (id: string) => `/api/admin/ingestion-runs/${encodeURIComponent(id)}`;

/** Tries failures of a run again: all, or the one given. */
export function useRetry(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (item: { batchId: string; ordinal: number } | undefined) =>
      callApi(`${runPath(runId)}/retry`, { method: 'POST', body: { item } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['admin', 'run', runId] }),
  });
}

export function useCancelRun(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(`${runPath(runId)}/cancel`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['admin', 'run', runId] }),
  });
}
