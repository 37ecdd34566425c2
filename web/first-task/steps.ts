import type { Role } from '../api/types.ts';

/** How a step shows to be done: the API took something, an address was opened, or something stood on the screen. */
export type Sign =
  | { sent: 'ask' | 'feedback' | 'collect' | 'plan' }
  | { opened: RegExp }
  /** A selector. */
  | { seen: string };

/** Where the guide can take somebody; `answer` is the last answer that was looked at. */
export const PLACES = {
  ask: '/',
  answer: null,
  search: '/search',
  plans: '/plans',
  answers: '/admin/answers',
  overview: '/admin',
} as const;
export type Place = keyof typeof PLACES;

export interface Step<Name extends string> {
  name: Name;
  /** The addresses at which it is done; elsewhere the guide offers the way there. */
  at: RegExp;
  /** Any of these. */
  signs: Sign[];
  ways: Place[];
}

const steps = <Name extends string>(...list: Step<Name>[]) => list;

/** What is done at first by each role, a matter of two minutes. Its texts are `firstTask.<role>.<step>`. */
export const FIRST_TASKS = {
  learner: steps(
    { name: 'ask', at: /^\/($|ask)/, signs: [{ sent: 'ask' }], ways: ['ask'] },
    {
      name: 'source',
      at: /^\/ask\/./,
      signs: [{ opened: /^\/resources\/.+[?&]passage=/ }],
      ways: ['answer'],
    },
    { name: 'read', at: /^\/resources\/./, signs: [{ seen: 'main mark' }], ways: ['answer'] },
    { name: 'rate', at: /^\/ask\/./, signs: [{ sent: 'feedback' }], ways: ['answer'] },
  ),
  teacher: steps(
    { name: 'search', at: /^\/search/, signs: [{ seen: 'main ol h2' }], ways: ['search'] },
    {
      name: 'gather',
      at: /^\/(search|resources|collections)/,
      signs: [{ sent: 'collect' }, { opened: /^\/resources\/./ }],
      ways: ['search'],
    },
    { name: 'plan', at: /^\/plans/, signs: [{ sent: 'plan' }], ways: ['plans'] },
  ),
  admin: steps(
    {
      name: 'answer',
      at: /^\/admin\/answers/,
      signs: [{ opened: /^\/admin\/answers\/./ }],
      ways: ['answers', 'ask'],
    },
    {
      name: 'evidence',
      at: /^\/admin\/answers\/./,
      signs: [{ seen: '[data-evidence]' }],
      ways: ['answers'],
    },
    { name: 'gaps', at: /^\/admin$/, signs: [{ seen: '[data-gaps]' }], ways: ['overview'] },
  ),
} satisfies Record<Role, Step<string>[]>;
