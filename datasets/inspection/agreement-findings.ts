import type { About, Add } from './finding-rule.ts';
import { ASIDE, hasSharpPeak, type LabelAgreement } from './label-agreement.ts';
import type { Timing } from './timing.ts';

/** A lag is told from this on [s]: the scene of a real car answers its wheel by some tenths of a second later. */
const LATE_IMAGES = 0.4;
/** Labels cannot be late by less than a sample, nor by less than the smoothing lets one see [s]. */
const LATE_LABELS = 0.1;

/** What is to be said about frames and labels together. */
export function agreementFindings({ agreement, timing }: About, add: Add): void {
  if (agreement === undefined || timing.samples === 0) return;
  signFinding(agreement, add);
  if (hasSharpPeak(agreement)) lagFinding(agreement, timing, add);
}

/** Whether the sign of the steering is right, wrong or unknown. */
function signFinding({ verdict, correlation }: LabelAgreement, add: Add): void {
  const r = `correlation ${correlation.toFixed(2)}`;
  if (verdict === 'agrees') {
    const message = `The road bends the way the wheel turns (${r}): the sign of the steering is right.`;
    add('info', 'sign-agrees', message, 'Nothing to do.');
  } else if (verdict === 'opposed') {
    const message = `The road bends against the wheel (${r}): the sign of the steering is wrong.`;
    add(
      'error',
      'sign',
      message,
      'Left must be positive: turn it round with `wheelhouse edit <recording> --flip-steering`.',
    );
  } else {
    const message = `The images do not show whether the sign of the steering is right (${r}).`;
    add('info', 'sign-unclear', message, 'Look at the strip: does the road bend the way the wheel turns?');
  }
}

function lagFinding({ correlation, sharpness, lag }: LabelAgreement, { rate }: Timing, add: Add): void {
  const size = Math.abs(correlation);
  const sharp = `the correlation is ${size.toFixed(2)} there and ${(size - sharpness).toFixed(2)} at ${ASIDE} s beside it`;
  if (lag < -Math.max(LATE_LABELS, 0.75 / rate)) {
    const message = `The labels come ${(-lag).toFixed(2)} s after the images that they belong to (${sharp}).`;
    const advice = `Check a few bends; if the labels are late there, too, train with --label-shift ${(-lag).toFixed(2)}.`;
    add('warning', 'late-labels', message, advice);
  } else if (lag > LATE_IMAGES) {
    const message = `The scene answers the wheel ${lag.toFixed(2)} s later (${sharp}).`;
    const advice =
      'A slow car, or images that are stamped late. Compare the clocks of camera and steering; only if they are apart is ' +
      'there something to mend, and it is mended in the source: labels that are shifted for a slow car teach late steering.';
    add('warning', 'late-images', message, advice);
  }
}
