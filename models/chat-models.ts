import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { Config } from '../library/config.ts';
import { OFFLINE_MODEL, OfflineChatModel } from './offline-chat-model.ts';
import { OpenAIChatModel } from './openai-chat-model.ts';
import { cachedTools, type TextTools } from './text-tools.ts';

/** A chat model under the name by which it is stored and shown. */
export interface NamedModel {
  name: string;
  offline: boolean;
  model: BaseChatModel;
}

/** Who writes, in order of preference: the next one takes over when one fails before its first word. Never empty. */
export type ChatModels = [NamedModel, ...NamedModel[]];

/**
 * The chat models that the settings name, then the offline model: the floor when every provider is down, and the only
 * one without settings.
 */
export function createChatModels(chat: Config['chat'], textTools: TextTools): ChatModels {
  const offline: NamedModel = {
    name: OFFLINE_MODEL,
    offline: true,
    model: new OfflineChatModel(cachedTools(textTools)),
  };
  if (!chat) return [offline];
  const online = (name: string): NamedModel => ({
    name,
    offline: false,
    model: new OpenAIChatModel({ model: name, baseUrl: chat.baseUrl, apiKey: chat.apiKey }),
  });
  return chat.fallback && chat.fallback !== chat.model
    ? [online(chat.model), online(chat.fallback), offline]
    : [online(chat.model), offline];
}
