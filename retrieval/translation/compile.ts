import { createAnalyser } from '../analysis.ts';
import { storeDictionary } from './dictionary.ts';

// Part of `npm run build`, anew each time, for the package's data may be newer: then the first start has it, also where
// an installation is read-only.
await storeDictionary(await createAnalyser());
