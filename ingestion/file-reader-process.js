// The entry of the process that reads files: plain JavaScript, because it registers what reads TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./file-reader-process.ts');
