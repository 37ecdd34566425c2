import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';

/** One turn of a script: a text (streamed in pieces), calls of tools, or a failure, after the pieces that came before. */
export type Turn =
  | string
  | { calls: { name: string; args: unknown }[] }
  /** Structured output: the arguments of whatever schema the model was given. */
  | { output: unknown }
  | { pieces?: string[]; error: Error }
  /** Says nothing more until it is stopped. */
  | { pieces?: string[]; hang: true };

/** What a scripted model was asked: its messages, and the names of its tools. */
export interface RecordedCall {
  messages: BaseMessage[];
  tools: string[];
}

/**
 * A chat model for tests that plays a script and throws when the script has run out. All models made from one by
 * `bindTools` share its script and `calls`. A function in the script gets the prompt and gives the turn.
 */
export class ScriptedModel extends BaseChatModel {
  readonly script: (Turn | ((prompt: string) => Turn))[];
  readonly calls: RecordedCall[];
  private readonly toolNames: string[];

  constructor(script: ScriptedModel['script'], calls: RecordedCall[] = [], toolNames: string[] = []) {
    super({});
    this.script = script;
    this.calls = calls;
    this.toolNames = toolNames;
  }

  override _llmType(): string {
    return 'scripted';
  }

  override bindTools(tools: unknown[], _kwargs?: Partial<BaseChatModelCallOptions>): ScriptedModel {
    const names = tools.map(tool => {
      const shape = tool as { name?: string; function?: { name: string } };
      return shape.function?.name ?? shape.name ?? '';
    });
    return new ScriptedModel(this.script, this.calls, names);
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    let whole: ChatGenerationChunk | undefined;
    for await (const chunk of this._streamResponseChunks(messages, options)) {
      whole = whole ? whole.concat(chunk) : chunk;
    }
    return { generations: whole ? [whole] : [] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    this.calls.push({ messages, tools: this.toolNames });
    const next = this.script.shift();
    if (next === undefined) throw new Error(`The script has no turn for call ${this.calls.length}.`);
    const turn = typeof next === 'function' ? next(messages.map(message => message.text).join('\n')) : next;
    for (const message of this.messagesOf(turn)) {
      await setImmediate();
      options.signal?.throwIfAborted();
      const text = message.content as string;
      const chunk = new ChatGenerationChunk({ text, message });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
    }
    if (typeof turn === 'object' && 'error' in turn) throw turn.error;
    if (typeof turn === 'object' && 'hang' in turn && options.signal) {
      await once(options.signal, 'abort');
      throw options.signal.reason;
    }
  }

  private messagesOf(turn: Turn): AIMessageChunk[] {
    if (typeof turn === 'string') {
      return (turn.match(/[\s\S]{1,5}/gu) ?? ['']).map(content => new AIMessageChunk({ content }));
    }
    if ('error' in turn || 'hang' in turn)
      return (turn.pieces ?? []).map(content => new AIMessageChunk({ content }));
    const calls = 'calls' in turn ? turn.calls : [{ name: this.toolNames.at(-1) ?? '', args: turn.output }];
    return [
      new AIMessageChunk({
        content: '',
        tool_call_chunks: calls.map(({ name, args }, index) => ({
          type: 'tool_call_chunk' as const,
          index,
          id: `call-${this.calls.length}-${index}`,
          name,
          args: JSON.stringify(args),
        })),
      }),
    ];
  }
}
