import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';
import type { AskReply, Conversation, ConversationCard, FollowRequest, Message } from './types.ts';

export const conversationsKey = ['conversations'];
export const conversationKey = (id: string) => ['conversation', id];

/** The conversations so far; with `words`, those in which they stand. */
export function useConversations(words: string) {
  const path = words === '' ? '/api/conversations' : `/api/conversations?words=${encodeURIComponent(words)}`;
  return useQuery<ConversationCard[]>({
    queryKey: [...conversationsKey, words],
    queryFn: ({ signal }) =>
      callApi<{ conversations: ConversationCard[] }>(path, { signal }).then(reply => reply.conversations),
    placeholderData: keepPreviousData,
  });
}

export function useConversation(id: string) {
  return useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => callApi<Conversation>(`/api/conversations/${id}`, { signal }),
  });
}

/** Asks in a conversation, where it may take the place of the last question, or in a new one; the reply says where the answer will come. */
export function useAsk(conversationId: string | undefined) {
  const client = useQueryClient();
  const path = conversationId ? `/api/conversations/${conversationId}/messages` : '/api/conversations';
  return useMutation({
    mutationKey: ['ask'],
    mutationFn: (body: FollowRequest) => callApi<AskReply>(path, { method: 'POST', body }),
    onSuccess: async reply => {
      void client.invalidateQueries({ queryKey: conversationsKey });
      await client.invalidateQueries({ queryKey: conversationKey(reply.conversationId) });
    },
  });
}

export function useDeleteConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi(`/api/conversations/${id}`, { method: 'DELETE' }),
    onSuccess: (_reply, id) => {
      client.removeQueries({ queryKey: conversationKey(id) });
      return client.invalidateQueries({ queryKey: conversationsKey });
    },
  });
}

export function stopAnswer(messageId: string) {
  return callApi(`/api/messages/${messageId}/stop`, { method: 'POST' });
}

/** The conversation with one message replaced by what the stream ended with. */
export function withMessage(conversation: Conversation, message: Message): Conversation {
  const messages = conversation.messages.map(old => (old.id === message.id ? message : old));
  return { ...conversation, messages };
}
