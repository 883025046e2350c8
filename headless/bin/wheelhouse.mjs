#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// The sources run as they are. Our own tsconfig is named, because tsx would otherwise obey the one of the folder that
// the person happens to stand in.
register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
const { main } = await import('../shells/cli/main.ts');
await main(process.argv.slice(2));
