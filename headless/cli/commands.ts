import { register as score } from './commands/score.ts';
import type { Register } from './context.ts';

/** All commands, in the order in which `--help` lists them. */
export const commands: readonly Register[] = [score];
