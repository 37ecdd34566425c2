import { tool } from 'langchain';
import { z } from 'zod';
import type { ScoredPassage } from '../../retrieval/search.ts';
import type { Evidence } from '../evidence.ts';

/** Key words, not essays: a longer query is cut. */
const LONGEST_QUERY = 300;

/** A tool with which a model looks for more passages; what it finds joins the evidence under new numbers. */
export function searchLibraryTool(evidence: Evidence, find: (query: string) => Promise<ScoredPassage[]>) {
  return tool(
    async ({ query }) => {
      const known = evidence.all().length;
      const numbers = evidence.add(await find(query.slice(0, LONGEST_QUERY))).filter(n => n > known);
      return numbers.length > 0
        ? evidence.block(numbers)
        : 'Nothing more was found. Use the passages you have.';
    },
    {
      name: 'search_library',
      description:
        'Finds further passages of the learning library by key words. Numbers of its passages can be cited.',
      schema: z.object({ query: z.string().describe('a few key words, in the language of the material') }),
    },
  );
}
