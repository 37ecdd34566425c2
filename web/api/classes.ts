import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { Class, ClassCard, ClassChange, NewClass, PupilCard } from './types.ts';

const classesKey = ['classes'];
const listKey = [...classesKey, 'list'];
const classKey = (id: string) => [...classesKey, id];
const pathOf = (id: string) => `/api/classes/${id}`;
const pupilPath = (id: string, pupilId: string) => `${pathOf(id)}/pupils/${pupilId}`;

/** The classes that whoever is signed in looks after. */
export function useClasses() {
  return useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) =>
      callApi<{ classes: ClassCard[] }>('/api/classes', { signal }).then(reply => reply.classes),
  });
}

export function useClass(id: string) {
  return useQuery({
    queryKey: classKey(id),
    queryFn: ({ signal }) => callApi<Class>(pathOf(id), { signal }),
  });
}

export function useCreateClass() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewClass) =>
      callApi<{ classId: string }>('/api/classes', { method: 'POST', body }).then(reply => reply.classId),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Takes up the class as the server has it after a change. */
function useTakeUp(id: string) {
  const client = useQueryClient();
  return (reply: Class) => {
    client.setQueryData(classKey(id), reply);
    void client.invalidateQueries({ queryKey: listKey });
  };
}

/** Renames a class, archives it or opens it again. */
export function useChangeClass(id: string) {
  const takeUp = useTakeUp(id);
  return useMutation({
    mutationFn: (body: ClassChange) => callApi<Class>(pathOf(id), { method: 'PATCH', body }),
    onSuccess: takeUp,
  });
}

export function useRenewCode(id: string) {
  const takeUp = useTakeUp(id);
  return useMutation({
    mutationFn: () => callApi<Class>(`${pathOf(id)}/code`, { method: 'POST' }),
    onSuccess: takeUp,
  });
}

/** Adds pupils; the reply is the only one that has their PINs, so nothing keeps it. */
export function useAddPupils(id: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (names: string[]) =>
      callApi<{ pupils: PupilCard[] }>(`${pathOf(id)}/pupils`, { method: 'POST', body: { names } }).then(
        reply => reply.pupils,
      ),
    onSettled: () => client.invalidateQueries({ queryKey: classesKey }),
  });
}

/** Gives a pupil a new PIN, which only this reply has. */
export function useRenewPin(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (pupilId: string) => callApi<PupilCard>(`${pupilPath(id, pupilId)}/pin`, { method: 'POST' }),
  });
}

export function useRemovePupil(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pupilId: string) => callApi(pupilPath(id, pupilId), { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: classesKey }),
  });
}
