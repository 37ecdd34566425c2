import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isRunning } from './admin.ts';
import { ApiError, callApi, errorOf } from './client.ts';
import type { IngestionRun, Upload, Visibility } from './types.ts';

const uploadsKey = ['uploads'];
/** While an upload is being taken in it is looked at this often. */
const REFRESH_MS = 1000;

export interface UploadRequest {
  files: File[];
  visibility: Visibility;
  classId?: string | undefined;
}

/** Sends files; `share` is what has left the device so far, 0 to 1. Gives the id of the run that takes them in. */
export function useSendFiles() {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: (request: UploadRequest) => send(request, setShare),
    onMutate: () => setShare(0),
    onSuccess: () => client.invalidateQueries({ queryKey: uploadsKey }),
  });
  return { sending, share };
}

/** `fetch` does not tell how much has left the device. */
function send(
  { files, visibility, classId }: UploadRequest,
  onShare: (share: number) => void,
): Promise<string> {
  const form = new FormData();
  form.append('visibility', visibility);
  if (classId) form.append('classId', classId);
  for (const file of files) form.append('files', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, response } = request;
      if (status === 202) resolve(response.runId);
      else reject(errorOf(response, status));
    };
    request.onerror = () => reject(new ApiError('unreachable', 'The server did not answer.', 0));
    request.send(form);
  });
}

export function useUploads() {
  return useQuery({
    queryKey: uploadsKey,
    queryFn: ({ signal }) =>
      callApi<{ runs: IngestionRun[] }>('/api/uploads', { signal }).then(reply => reply.runs),
    refetchInterval: query => (query.state.data?.some(isRunning) ? REFRESH_MS : false),
  });
}

export function useUpload(runId: string) {
  return useQuery({
    queryKey: [...uploadsKey, runId],
    queryFn: ({ signal }) => callApi<Upload>(`/api/uploads/${runId}`, { signal }),
    refetchInterval: query => (query.state.data && isRunning(query.state.data) ? REFRESH_MS : false),
  });
}

/** Takes a resource of one's own out of the library; whatever may show it is loaded anew. */
export function useWithdrawOwn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { resourceId: string; reason: string }) =>
      callApi('/api/uploads/withdraw', { method: 'POST', body }),
    onSuccess: () => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  });
}
