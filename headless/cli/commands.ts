import { register as models } from './commands/models.ts';
import { register as score } from './commands/score.ts';
import { register as tracks } from './commands/tracks.ts';
import type { Register } from './context.ts';

/** All commands, in the order in which `--help` lists them. */
export const commands: readonly Register[] = [tracks, models, score];
