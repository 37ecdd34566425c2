import type { Page } from 'playwright-core';

/** What the page has had spoken so far. */
export interface Spoken {
  text: string;
  lang: string;
}

/** Gives the page a voice that says a sentence only when told to, and ears that hear what they are told. */
export async function scriptSpeech(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spoken: { text: string; lang: string }[] = [];
    let current: Utterance | null = null;
    class Utterance {
      readonly text: string;
      lang = '';
      onend?: () => void;
      onerror?: (event: { error: string }) => void;
      constructor(text: string) {
        this.text = text;
      }
    }
    const voice = {
      getVoices: () => [{ lang: 'zh-CN' }, { lang: 'en-GB' }],
      speak(utterance: Utterance) {
        spoken.push({ text: utterance.text, lang: utterance.lang });
        current = utterance;
      },
      cancel() {
        const cancelled = current;
        current = null;
        cancelled?.onerror?.({ error: 'canceled' });
      },
    };
    let ears: Recognition | undefined;
    class Recognition {
      onresult?: (event: unknown) => void;
      onerror?: (event: { error: string }) => void;
      onend?: () => void;
      start() {
        ears = this;
      }
      stop() {
        this.onend?.();
      }
      abort() {
        this.onend?.();
      }
    }
    const script = {
      spoken,
      isSilent: () => current === null,
      endSentence: () => current?.onend?.(),
      hear: (transcript: string) => ears?.onresult?.({ results: [Object.assign([{ transcript }])] }),
      fail(error: string) {
        ears?.onerror?.({ error });
        ears?.onend?.();
      },
    };
    Object.defineProperties(window, {
      speechSynthesis: { value: voice },
      SpeechSynthesisUtterance: { value: Utterance },
      SpeechRecognition: { value: Recognition },
      speechScript: { value: script },
    });
  });
}

const call = <T>(page: Page, code: string) => page.evaluate<T>(`speechScript.${code}`);

export const spokenSoFar = (page: Page) => call<Spoken[]>(page, 'spoken');
export const isSilent = (page: Page) => call<boolean>(page, 'isSilent()');
export const endSentence = (page: Page) => call<void>(page, 'endSentence()');
export const hear = (page: Page, text: string) => call<void>(page, `hear(${JSON.stringify(text)})`);
export const failToHear = (page: Page, error: string) => call<void>(page, `fail(${JSON.stringify(error)})`);
