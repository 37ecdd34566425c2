import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult } from '@langchain/core/outputs';
import { ChatOpenAICompletions } from '@langchain/openai';
import type { IPolicy } from 'cockatiel';
import { AppError } from '../library/errors.ts';
import { createGuard, guardedStream } from './guarded-stream.ts';
import { type Endpoint, toModelError } from './model-errors.ts';

/** Where OpenAI itself listens; named here so that no other variable of the environment decides where text is sent. */
export const OPENAI_URL = 'https://api.openai.com/v1';
/** A server that needs no key still gets one: the client insists, and must not find another in the environment. */
export const NO_KEY = 'none';
/** Longest answer; a lesson plan's section is some 800 tokens, models that think aloud need room beside it. */
const MOST_OUTPUT_TOKENS = 4_000;
const IDLE_MS = 30_000;
/** Models that reject every temperature but their own. */
const FIXED_TEMPERATURE = /^(?:o\d|gpt-5)/u;

/**
 * A chat model behind an OpenAI-compatible /chat/completions. Always streams, so that silence is noticed; retries and
 * breaks in one place (`createGuard`); every failure is an AppError that says what to do and holds no key.
 */
export class OpenAIChatModel extends ChatOpenAICompletions {
  readonly endpoint: Endpoint;
  readonly idleMs: number;
  private readonly guard: IPolicy = createGuard();

  constructor(fields: {
    model: string;
    baseUrl?: string | undefined;
    apiKey?: string | undefined;
    idleMs?: number;
  }) {
    const baseUrl = fields.baseUrl ?? OPENAI_URL;
    const idleMs = fields.idleMs ?? IDLE_MS;
    super({
      model: fields.model,
      apiKey: fields.apiKey ?? NO_KEY,
      // Off: the client would print what it received, and answers belong to the asker.
      configuration: { baseURL: baseUrl, logLevel: 'off' },
      ...(FIXED_TEMPERATURE.test(fields.model) ? {} : { temperature: 0.2 }),
      maxTokens: MOST_OUTPUT_TOKENS,
      // The guard retries; what the client does on its own would multiply with it.
      maxRetries: 0,
      timeout: idleMs * 4,
      streamUsage: true,
    });
    this.endpoint = { kind: 'chat', model: fields.model, baseUrl, apiKey: fields.apiKey };
    this.idleMs = idleMs;
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const open = (signal: AbortSignal) =>
      super._streamResponseChunks(messages, { ...options, signal }, runManager);
    try {
      let some = false;
      for await (const chunk of guardedStream(open, {
        guard: this.guard,
        idleMs: this.idleMs,
        signal: options.signal,
      })) {
        some = true;
        // LangChain keeps why a stream ended beside the message only; who reads the message has to know it too.
        const reason: unknown = chunk.generationInfo?.finish_reason;
        if (reason) Object.assign(chunk.message.response_metadata, { finish_reason: reason });
        yield chunk;
      }
      if (!some) throw this.emptyAnswer();
    } catch (error) {
      if (options.signal?.aborted) throw new AppError('stopped', 'The request to the model was stopped.');
      throw toModelError(error, this.endpoint);
    }
  }

  /** Some servers leave the role out of the first piece; without one the client would not take it for an answer. */
  override _convertCompletionsDeltaToBaseMessageChunk(
    ...[delta, response, role]: Parameters<
      ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk']
    >
  ): ReturnType<ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk']> {
    return super._convertCompletionsDeltaToBaseMessageChunk(delta, response, role ?? 'assistant');
  }

  override async *_streamChatModelEvents(
    ...args: Parameters<BaseChatModel['_streamChatModelEvents']>
  ): ReturnType<BaseChatModel['_streamChatModelEvents']> {
    yield* BaseChatModel.prototype._streamChatModelEvents.apply(this, args);
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    let whole: ChatGenerationChunk | undefined;
    for await (const chunk of this._streamResponseChunks(messages, options, runManager)) {
      whole = whole ? whole.concat(chunk) : chunk;
    }
    if (!whole) throw this.emptyAnswer();
    return { generations: [whole] };
  }

  private emptyAnswer(): AppError {
    const message = `The model "${this.endpoint.model}" sent an empty answer. Ask again, or choose another model.`;
    return new AppError('model-misbehaved', message);
  }
}
