import { balancedMae } from './balanced-mae.ts';
import { bestLag } from './best-lag.ts';
import { correlation } from './correlation.ts';
import { directionF1 } from './direction-f1.ts';
import { mae } from './mae.ts';
import type { OpenLoopMetric } from './metric.ts';
import { rmse } from './rmse.ts';
import { truthWhiteness } from './truth-whiteness.ts';
import { whiteness } from './whiteness.ts';
import { whitenessRatio } from './whiteness-ratio.ts';

/**
 * The metrics by which predictions are judged, in the order in which everything lists them: `score`, `test`, the files that
 * they write and docs/exam.md. A new one is a file beside these and a line here.
 */
export const OPEN_LOOP_METRICS = [
  rmse,
  mae,
  correlation,
  balancedMae,
  directionF1,
  whiteness,
  truthWhiteness,
  whitenessRatio,
  bestLag,
] as const satisfies readonly OpenLoopMetric[];
