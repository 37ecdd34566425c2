import { describe, expect, it } from 'vitest';
import ar from '../locales/ar.json' with { type: 'json' };
import en from '../locales/en.json' with { type: 'json' };
import zh from '../locales/zh.json' with { type: 'json' };
import { FIRST_TASKS, PLACES } from './steps.ts';

describe.each(Object.entries({ zh, en, ar }))('the first task in %s', (_, { firstTask }) => {
  it.each(['learner', 'teacher', 'admin'] as const)(
    'of a %s has a text for every step and no other',
    role => {
      expect(Object.keys(firstTask[role]).sort()).toEqual(FIRST_TASKS[role].map(({ name }) => name).sort());
    },
  );

  it('names every place it leads to', () => {
    expect(Object.keys(firstTask.way).sort()).toEqual(Object.keys(PLACES).sort());
  });
});
