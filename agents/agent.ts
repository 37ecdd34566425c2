import type { StructuredToolInterface } from '@langchain/core/tools';
import type { z } from 'zod';
import type { Asker } from '../library/accounts.ts';
import type { EvidenceSnapshot, Generation } from '../library/generations.ts';
import type { ChatModels } from '../models/chat-models.ts';
import type { Prompt } from '../prompts/load.ts';

/** An agent is data: who it is, what it is told, what it gives, how far it may go. */
export interface AgentSpec<Output = never> {
  name: string;
  prompt: Prompt;
  /** Schema of what it gives; without one it gives text. */
  output?: z.ZodType<Output>;
  limits: { modelCalls: number; toolCalls: number; seconds: number };
}

/** One run of an agent. */
export interface RunInput {
  /** Values of the prompt's variables. */
  values: Record<string, string>;
  /** The data, in tags. */
  message: string;
  tools?: StructuredToolInterface[];
  /** What the model is shown, for the record. */
  evidence: () => EvidenceSnapshot[];
  asker: Asker | null;
  messageId?: string | null | undefined;
  planId?: string | null | undefined;
  signal?: AbortSignal | undefined;
  /** Other models than the usual ones, in order of preference. */
  models?: ChatModels;
}

/** What runs need of the process. */
export interface RunDeps {
  models: ChatModels;
  record: (generation: Generation) => Promise<unknown>;
  /** The embedding space that retrieval uses now; null for lexical search alone. */
  spaceId: () => number | null;
}
