import { register as bench } from './commands/bench.ts';
import { register as compare } from './commands/compare.ts';
import { register as doctor } from './commands/doctor.ts';
import { register as drive } from './commands/drive.ts';
import { register as edit } from './commands/edit.ts';
import { register as evaluate } from './commands/evaluate.ts';
import { register as exportRecording } from './commands/export.ts';
import { register as importRecording } from './commands/import.ts';
import { register as inspect } from './commands/inspect.ts';
import { register as models } from './commands/models.ts';
import { register as pretrain } from './commands/pretrain.ts';
import { register as record } from './commands/record.ts';
import { register as score } from './commands/score.ts';
import { register as search } from './commands/search.ts';
import { register as serve } from './commands/serve.ts';
import { register as test } from './commands/test.ts';
import { register as tracks } from './commands/tracks.ts';
import { register as train } from './commands/train.ts';
import { register as verify } from './commands/verify.ts';
import type { Register } from './context.ts';

/** All commands, in the order in which `--help` lists them. */
export const commands: readonly Register[] = [
  doctor,
  tracks,
  models,
  drive,
  record,
  importRecording,
  exportRecording,
  inspect,
  edit,
  pretrain,
  train,
  search,
  test,
  evaluate,
  compare,
  verify,
  score,
  serve,
  bench,
];
