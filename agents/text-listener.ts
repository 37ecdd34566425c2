import { BaseCallbackHandler } from '@langchain/core/callbacks/base';

/**
 * Hears every piece of text that a model says during a run. `onDelta` runs before the model goes on, so whoever decides
 * about a failed call knows what has been said; `deltas` hands the same pieces to a reader at the reader's pace.
 */
export class TextListener extends BaseCallbackHandler {
  override name = 'text-listener';
  override awaitHandlers = true;
  /** Tells LangChain to stream although the run is invoked as a whole. */
  lc_prefer_streaming = true;
  readonly deltas: ReadableStream<string>;
  private readonly onDelta: (delta: string) => void;
  private controller: ReadableStreamDefaultController<string> | undefined;
  private speaking: string | undefined;

  constructor(onDelta: (delta: string) => void) {
    super();
    this.onDelta = onDelta;
    this.deltas = new ReadableStream({
      start: controller => {
        this.controller = controller;
      },
      cancel: () => {
        this.controller = undefined;
      },
    });
  }

  override handleLLMNewToken(token: string, _index: unknown, runId: string): void {
    if (token === '') return;
    // What a model says before and after a tool call are two lines.
    const delta = this.speaking !== undefined && this.speaking !== runId ? `\n${token}` : token;
    this.speaking = runId;
    this.onDelta(delta);
    this.controller?.enqueue(delta);
  }

  /** Closes `deltas` once everything said has been read. */
  end(): void {
    this.controller?.close();
    this.controller = undefined;
  }
}
