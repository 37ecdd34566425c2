import { useSyncExternalStore } from 'react';

export interface SpokenSentence {
  text: string;
  /** As BCP 47 has it; the voice follows it. */
  language: string;
}

/** What is being read out: sentence `at` of the text `id`. */
export interface Reading {
  id: string;
  at: number;
  state: 'reading' | 'paused' | 'no-voice' | 'failed';
}

/** One voice for the whole page: a text that starts ends the one before. */
let reading: Reading | null = null;
let sentences: SpokenSentence[] = [];
/** Held here because browsers forget an utterance that nobody holds, and its end is never told. */
let utterance: SpeechSynthesisUtterance | null = null;

const listeners = new Set<() => void>();

export function canRead(): boolean {
  return 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;
}

/** Reads a text from its beginning. */
export function startReading(id: string, text: SpokenSentence[]): void {
  sentences = text;
  speak({ id, at: 0, state: 'reading' });
}

/**
 * Falls silent and keeps the place. The browser's own pause is not used: some cannot go on from it, and some drop what
 * was paused for longer than a quarter of a minute.
 */
export function pauseReading(): void {
  if (reading) end({ ...reading, state: 'paused' });
}

/** Goes on with the sentence that was being read. */
export function resumeReading(): void {
  if (reading) speak({ ...reading, state: 'reading' });
}

/** Ends the reading of the text `id`; another's goes on. */
export function stopReading(id: string): void {
  if (reading?.id === id) end(null);
}

/** How far the text `id` is being read; null while it is not. */
export function useReading(id: string | undefined): Reading | null {
  return useSyncExternalStore(subscribe, () => (reading?.id === id ? reading : null));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(next: Reading | null): void {
  reading = next;
  for (const listener of listeners) listener();
}

function end(next: Reading | null): void {
  utterance = null;
  window.speechSynthesis.cancel();
  tell(next);
}

function speak(next: Reading): void {
  const sentence = sentences[next.at];
  if (!sentence) end(null);
  else if (!/[\p{L}\p{N}]/u.test(sentence.text)) speak({ ...next, at: next.at + 1 });
  else if (!hasVoice(sentence.language)) end({ ...next, state: 'no-voice' });
  else utter(next, sentence);
}

function utter(next: Reading, sentence: SpokenSentence): void {
  if (utterance) window.speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(sentence.text);
  spoken.lang = sentence.language;
  // What was cancelled still reports its end, which is not the end of what is spoken now.
  spoken.onend = () => {
    if (utterance !== spoken) return;
    utterance = null;
    speak({ ...next, at: next.at + 1 });
  };
  spoken.onerror = ({ error }) => {
    if (utterance !== spoken) return;
    const lacksVoice = error === 'language-unavailable' || error === 'voice-unavailable';
    end({ ...next, state: lacksVoice ? 'no-voice' : 'failed' });
  };
  utterance = spoken;
  window.speechSynthesis.speak(spoken);
  tell(next);
}

/** An empty list says nothing: browsers fill it late. A list without the language would be read in a wrong one. */
function hasVoice(language: string): boolean {
  const voices = window.speechSynthesis.getVoices();
  return voices.length === 0 || voices.some(voice => voice.lang.slice(0, 2) === language.slice(0, 2));
}
