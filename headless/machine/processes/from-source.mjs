import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

// A process starts without what its parent knows of TypeScript. It is given the module that it is meant to run, which sees
// its arguments as if it had been started itself.
register({ tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) });
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
