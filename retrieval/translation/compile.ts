import { createAnalyser } from '../analysis.ts';
import { openDictionary } from './dictionary.ts';

// Part of `npm run build`: the first start need not compile the dictionary, and an installation may be read-only.
await openDictionary(await createAnalyser());
