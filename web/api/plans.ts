import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Plan, PlanCard, PlanEdit, PlanReply, PlanRequest } from './types.ts';

export const plansKey = ['plans'];
export const planKey = (id: string) => ['plan', id];

export function usePlans() {
  return useQuery({
    queryKey: plansKey,
    queryFn: ({ signal }) =>
      callApi<{ plans: PlanCard[] }>('/api/lesson-plans', { signal }).then(reply => reply.plans),
  });
}

export function usePlan(id: string) {
  return useQuery({
    queryKey: planKey(id),
    queryFn: ({ signal }) => callApi<PlanReply>(`/api/lesson-plans/${id}`, { signal }),
  });
}

/** An older version, which stays as it was. */
export function usePlanVersion(id: string, number: number | null) {
  return useQuery({
    queryKey: [...planKey(id), 'version', number],
    queryFn: ({ signal }) => callApi<Plan>(`/api/lesson-plans/${id}/versions/${number}`, { signal }),
    enabled: number !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCreatePlan() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['plan'],
    mutationFn: (body: PlanRequest) =>
      callApi<{ planId: string }>('/api/lesson-plans', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: plansKey }),
  });
}

/** Saves a teacher's changes as a new version. */
export function useEditPlan(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PlanEdit) => callApi<PlanReply>(`/api/lesson-plans/${id}`, { method: 'PATCH', body }),
    onSuccess: reply => {
      client.setQueryData(planKey(id), reply);
      void client.invalidateQueries({ queryKey: plansKey });
    },
  });
}

/** Brings an older version back as a new one. */
export function useRestoreVersion(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, note }: { number: number; note: string }) =>
      callApi<PlanReply>(`/api/lesson-plans/${id}/versions/${number}/restore`, {
        method: 'POST',
        body: { note },
      }),
    onSuccess: reply => {
      client.setQueryData(planKey(id), reply);
      void client.invalidateQueries({ queryKey: plansKey });
    },
  });
}

export function stopPlan(id: string) {
  return callApi(`/api/lesson-plans/${id}/stop`, { method: 'POST' });
}
