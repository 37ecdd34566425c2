import { useEffect, useRef, useState } from 'react';

/** As much of the Web Speech API as is used here; browsers have it under either name, TypeScript under none. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<Result> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
}
type Result = ArrayLike<{ transcript: string }> & { isFinal: boolean };
type Recogniser = new () => Recognition;

/** What has a text of its own, by what browsers call it; their other names are told as `other`. */
const TROUBLES = {
  'not-allowed': 'not-allowed',
  'service-not-allowed': 'not-allowed',
  'no-speech': 'no-speech',
  'audio-capture': 'audio-capture',
  network: 'network',
} as const;
export type SpeechTrouble = (typeof TROUBLES)[keyof typeof TROUBLES] | 'other';

function recogniser(): Recogniser | undefined {
  const names = window as { SpeechRecognition?: Recogniser; webkitSpeechRecognition?: Recogniser };
  return names.SpeechRecognition ?? names.webkitSpeechRecognition;
}

export const canListen = () => recogniser() !== undefined;

/** Listens to one utterance in `language`: what it seems to be while it is spoken, and to `onHeard` what it was. */
export function useSpeech(language: string, onHeard: (text: string) => void) {
  const [interim, setInterim] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<SpeechTrouble | null>(null);
  const current = useRef<Recognition | null>(null);
  const heard = useRef(onHeard);
  heard.current = onHeard;
  useEffect(() => () => current.current?.abort(), []);

  const start = () => {
    const Recogniser = recogniser();
    if (!Recogniser) return;
    const recognition = new Recogniser();
    let text = '';
    recognition.lang = language;
    recognition.interimResults = true;
    recognition.onresult = ({ results }) => {
      text = Array.from(results, result => result[0]?.transcript ?? '').join('');
      setInterim(text);
    };
    recognition.onerror = ({ error }) => {
      if (error !== 'aborted') setTrouble(TROUBLES[error as keyof typeof TROUBLES] ?? 'other');
    };
    // Whatever ends it, what was understood so far is kept.
    recognition.onend = () => {
      current.current = null;
      setInterim(null);
      if (text.trim()) heard.current(text.trim());
    };
    current.current = recognition;
    setTrouble(null);
    setInterim('');
    recognition.start();
  };
  return { listening: interim !== null, interim, trouble, start, stop: () => current.current?.stop() };
}
