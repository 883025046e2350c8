import { main } from '../shells/cli/main.ts';

/** The command line, as a program. */
await main(process.argv.slice(2));
