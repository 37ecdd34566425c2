import type { Asker } from '../library/accounts.ts';
import type { ResourceCard } from '../library/answer.ts';
import type { ResourceDetail } from '../library/catalogue.ts';
import { AppError } from '../library/errors.ts';
import type { Stage } from '../library/resources.ts';
import { familyOfText, type TextTools } from '../models/text-tools.ts';
import type { SearchResult } from '../retrieval/search.ts';
import type { SearchRequest } from '../retrieval/search-request.ts';
import { type Language, noticeOf } from './notices.ts';
import { isReadable, reasonFor, withoutFar } from './reasons.ts';
import type { Runner } from './run.ts';
import { wordReasons } from './word-reasons.ts';

/** What somebody wants: resources for a goal, or like a resource. */
export interface Wish {
  goal?: string | undefined;
  similarTo?: string | undefined;
  stage?: Stage | undefined;
  /** Language of the reasons; without it, that of the goal or resource. */
  language?: Language | undefined;
  limit: number;
}

export interface Recommendations {
  items: ResourceCard[];
  notice: string | null;
  /** Who worded the reasons. */
  model: string;
}

export interface RecommenderDeps {
  runner: Runner;
  /** The searcher's `search`: what it finds is live and visible to the asker. */
  search: (request: SearchRequest, asker: Asker | null) => Promise<SearchResult[]>;
  /** A live resource that the asker may see. @throws AppError `not-found` */
  findResource: (id: string, asker: Asker | null) => Promise<ResourceDetail>;
  tools: TextTools;
}

/** Goals that take weeks, not a lesson. */
const LONG_GOAL =
  /学会|入门|从零|系统(?:地)?学|成为|当一?名|转行|就业|考(?:取|证|研|试|级)|备考|证书|职业|进修|培训|专业|\b(?:become|career|degree|certificate|certification|exam|course|programme?|from scratch|get started|master|qualif\w+|job|profession\w*)\b/iu;
const LONG_TYPE = /course|micro|special|training|programme?|path|课程|微专业|专业|培训|路径/iu;
/** What a long format is worth beside the best score when the goal is long: it beats near equals, not better matches. */
const LONG_BONUS = 0.2;
/** Found per wish beyond what is shown, so that variety has something to choose from. */
const SPARE = 3;
/** A list says something new with each line: no more than two of one title, unless nothing else is there. */
const MOST_ALIKE = 2;

/** Recommends what exists: ids, order, filters and facts are rules; a model only words the reasons. */
export function createRecommender(deps: RecommenderDeps) {
  const { tools } = deps;

  async function queryOf(wish: Wish, asker: Asker | null): Promise<{ query: string; language: Language }> {
    if (wish.goal !== undefined)
      return { query: wish.goal, language: wish.language ?? familyOfText(wish.goal) };
    if (wish.similarTo === undefined)
      throw new AppError('invalid-input', 'Give either a goal or a resource to find others like.');
    const { title, description, teaches, passages } = await deps.findResource(wish.similarTo, asker);
    const about = [
      title,
      description ?? '',
      teaches.join(' '),
      passages[0]?.text.slice(0, LONGEST_EXCERPT) ?? '',
    ];
    return { query: about.join('\n').trim(), language: wish.language ?? familyOfText(title) };
  }

  const reasonOf = (result: SearchResult, query: string, language = familyOfText(query)): string => {
    const { stage, minutes, prerequisites } = result;
    // The beginning of the best passage says why it was found; analysing all of a page's passages took 100 ms.
    const passages = result.passages
      .slice(0, 1)
      .map(({ heading, text }) => ({ heading, text: text.slice(0, LONGEST_EXCERPT) }));
    return reasonFor(
      query,
      { stage, minutes, passages, prerequisites: prerequisites.filter(isReadable) },
      language,
      tools,
    );
  };

  return {
    /** Why a search result is there, out of its facts. */
    reasonOf: (result: SearchResult, query: string) => reasonOf(result, query),

    /** @throws AppError `not-found` for a resource that is not there, `stopped` */
    async recommend(
      wish: Wish,
      { asker, signal }: { asker: Asker | null; signal?: AbortSignal },
    ): Promise<Recommendations> {
      const { query, language } = await queryOf(wish, asker);
      const found = await deps.search(
        {
          query,
          limit: wish.limit * SPARE,
          prefer: { language },
          ...(wish.stage && { filters: { stage: wish.stage } }),
          ...(wish.similarTo !== undefined && { exclude: [wish.similarTo] }),
        },
        asker,
      );
      const near = withoutFar(found);
      const chosen = (wish.goal === undefined ? near : varied(byFormat(near, wish.goal))).slice(
        0,
        wish.limit,
      );
      if (chosen.length === 0)
        return {
          items: [],
          notice: noticeOf(language, ['nothingForGoal']),
          model: deps.runner.models[0].name,
        };
      const items = chosen.map(result => cardOfResult(result, reasonOf(result, query, language)));
      // Neighbours of a resource are looked up with every page view: their reasons stay the deterministic ones.
      if (wish.goal === undefined) return { items, notice: null, model: RULES };
      const worded = await wordReasons(
        { goal: wish.goal, language, items, results: chosen },
        { ...deps, asker, signal },
      );
      return { ...worded, notice: null };
    },
  };
}

/** What stands for a model where none was asked. */
const RULES = 'offline';
const LONGEST_EXCERPT = 300;

function byFormat(results: SearchResult[], goal: string): SearchResult[] {
  if (!LONG_GOAL.test(goal)) return results;
  const best = results[0]?.score ?? 0;
  const worth = ({ score, type }: SearchResult) =>
    score + (LONG_TYPE.test(type ?? '') ? LONG_BONUS * best : 0);
  return results.toSorted((a, b) => worth(b) - worth(a));
}

function varied(results: SearchResult[]): SearchResult[] {
  const seen = new Map<string, number>();
  const kept: SearchResult[] = [];
  const spare: SearchResult[] = [];
  for (const result of results) {
    const alike = result.title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\d\p{P}\p{S}\s]|第?[一二三四五六七八九十]+[课节讲章]?/gu, '');
    const count = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, count);
    (count <= MOST_ALIKE ? kept : spare).push(result);
  }
  return [...kept, ...spare];
}

function cardOfResult(result: SearchResult, reason: string): ResourceCard {
  const { resourceId, title, description, language, stage, subject, grade, type, provider, minutes, url } =
    result;
  return {
    resourceId,
    title,
    description,
    language,
    stage,
    subject,
    grade,
    type,
    provider,
    minutes,
    url,
    reason,
  };
}
