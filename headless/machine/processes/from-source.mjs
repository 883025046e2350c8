import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// A process starts without what its parent knows of TypeScript. It is given the module that it is meant to run.
register({ tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) });
await import(process.argv[2]);
