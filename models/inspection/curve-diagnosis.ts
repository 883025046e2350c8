import type { EpochRecord } from '../training/records.ts';

/** Epochs that a trend is read from. */
const TREND = 3;

/**
 * What the curves say, in words, with what to do; null while it is too early to say anything.
 * @param history epochs so far
 */
export function diagnoseCurves(history: readonly EpochRecord[]): string | null {
  const last = history.at(-1);
  const first = history[0];
  if (last === undefined || first === undefined || history.length < TREND) return null;
  const validated = history.filter(({ validationLoss }) => Number.isFinite(validationLoss));
  const best = validated.reduce(
    (least, record) => (record.validationLoss < least.validationLoss ? record : least),
    last,
  );
  if (Number.isFinite(last.validationLoss)) {
    const since = last.epoch - best.epoch;
    if (since >= TREND && last.validationLoss > 1.15 * best.validationLoss && last.loss < first.loss) {
      return `It begins to learn by heart: the validation loss was best in epoch ${best.epoch} and has risen since, while the training loss still falls. More recordings, mirroring or dropout help; the best epoch is kept anyway.`;
    }
    if (last.validationLoss > 3 * last.loss) {
      return 'It does much worse on what it has not seen than on what it has. Record more and on other roads.';
    }
  }
  if (last.loss > 0.9 * first.loss) {
    return last.gradientNorm > 20
      ? 'The loss does not fall and the gradients are large: lower the learning rate.'
      : 'The loss hardly falls: raise the learning rate, or check that the recordings steer at all.';
  }
  const before = history[history.length - 1 - TREND];
  if (before !== undefined && last.loss > 0.98 * before.loss) {
    return 'The loss has levelled off: it has learned what it can from these recordings. Let it drive.';
  }
  return 'It is learning: the loss falls. Let it go on, or stop and look at how it drives.';
}
