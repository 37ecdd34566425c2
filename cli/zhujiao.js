#!/usr/bin/env node
// The launcher: TypeScript is run as it stands, so that development and production start the same files.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
