import { setImmediate } from 'node:timers/promises';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { SECTION_KEYS, type SectionKey } from '../library/lesson-plan.ts';
import { composeAnswer } from './offline/compose-answer.ts';
import { fillSchema, type JsonSchema } from './offline/fill-schema.ts';
import { type PickedItem, pickItems } from './offline/pick-items.ts';
import type { ReadPassage } from './offline/rank-sentences.ts';
import { standAlone } from './offline/stand-alone.ts';
import { readTagged } from './tagged-text.ts';
import { familyOfText, type TextTools } from './text-tools.ts';

/** The name under which answers of the offline model are stored and shown. */
export const OFFLINE_MODEL = 'offline';

/** A tool as LangChain hands it to a model that is asked for structured output. */
interface FunctionTool {
  type: 'function';
  function: { name: string; parameters: JsonSchema };
}

interface Output {
  text: string;
  call?: { name: string; args: unknown };
}

/** Pieces of about this many characters stream like tokens. */
const PIECE = 16;

/**
 * A chat model without a model: it reads question and passages out of the tags of the prompt and answers with sentences
 * of the passages, word for word, each with its `[n]`. It adds nothing of its own, never calls a tool, and fills a schema
 * only with extracted items. Deterministic; some 5 ms for 8 passages.
 */
export class OfflineChatModel extends BaseChatModel {
  readonly textTools: TextTools;
  readonly output: FunctionTool | undefined;

  constructor(textTools: TextTools, output?: FunctionTool) {
    super({});
    this.textTools = textTools;
    this.output = output;
  }

  override _llmType(): string {
    return OFFLINE_MODEL;
  }

  /** With a forced choice of tool the first one is the schema to fill; tools that are only offered are ignored. */
  override bindTools(tools: unknown[], kwargs?: Partial<BaseChatModelCallOptions>): OfflineChatModel {
    const output = kwargs?.tool_choice === 'any' ? (tools[0] as FunctionTool) : undefined;
    return new OfflineChatModel(this.textTools, output);
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const { text, call } = this.respond(messages);
    const tool_calls = call
      ? [{ id: 'offline', name: call.name, args: call.args as Record<string, unknown> }]
      : [];
    return { generations: [{ text, message: new AIMessage({ content: text, tool_calls }) }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const message of chunksOf(this.respond(messages))) {
      // Without a turn of the event loop all pieces would arrive at once, at the end.
      await setImmediate();
      options.signal?.throwIfAborted();
      const text = message.content as string;
      const chunk = new ChatGenerationChunk({ text, message });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
    }
  }

  respond(messages: BaseMessage[]): Output {
    const prompt = messages.map(message => message.text).join('\n');
    const question = readTagged(prompt, 'question').at(-1)?.text ?? '';
    const passages = readPassages(prompt);
    if (this.output) {
      const { name, parameters } = this.output.function;
      return { text: '', call: { name, args: fillSchema(parameters, this.itemsFor(prompt, passages)) } };
    }
    if (readTagged(prompt, 'task').at(-1)?.text === 'rewrite-question') {
      return {
        text: standAlone(question, askedBefore(prompt)),
      };
    }
    return { text: composeAnswer(question, passages, this.textTools) || nothingFound(question) };
  }

  private itemsFor(prompt: string, passages: ReadPassage[]): PickedItem[] {
    const section = readTagged(prompt, 'section').at(-1);
    const key = section?.attributes.key as SectionKey | undefined;
    if (!section || !key || !SECTION_KEYS.includes(key)) return [];
    const topic = readTagged(prompt, 'topic').at(-1)?.text ?? '';
    const facts = readTagged(prompt, 'fact').map(fact => ({ n: Number(fact.attributes.n), text: fact.text }));
    const max = Number(section.attributes.max ?? 3);
    return pickItems({ key, topic, max, facts }, passages, this.textTools);
  }
}

function askedBefore(prompt: string): string[] {
  return readTagged(prompt, 'turn')
    .filter(({ attributes }) => attributes.role === 'asker')
    .map(({ text }) => text);
}

function readPassages(prompt: string): ReadPassage[] {
  return readTagged(prompt, 'passage').map(({ attributes, text }) => ({
    n: Number(attributes.n),
    title: attributes.title ?? '',
    heading: attributes.heading ?? '',
    score: Number(attributes.score ?? 0),
    text,
  }));
}

function nothingFound(question: string): string {
  return familyOfText(question) === 'zh'
    ? '资料库中没有找到能回答这个问题的内容。'
    : 'The library holds nothing that answers this question.';
}

function* chunksOf({ text, call }: Output): Generator<AIMessageChunk> {
  if (call) {
    const args = JSON.stringify(call.args);
    const tool_call_chunks = [
      { type: 'tool_call_chunk' as const, index: 0, id: 'offline', name: call.name, args },
    ];
    yield new AIMessageChunk({ content: '', tool_call_chunks });
    return;
  }
  for (let at = 0; at < text.length; at += PIECE) {
    yield new AIMessageChunk({ content: text.slice(at, at + PIECE) });
  }
}
