import type { Recording } from '../recording/recording.ts';
import type { Inspection } from './inspect.ts';

/** One thing that a person should know about a recording. */
export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string;
  /** `error`: training on it as it is would fail or teach nonsense; `warning`: worth mending; `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const LABEL_NAMES = { steeringAngle: 'steering angle', speed: 'speed', torque: 'steering torque' };

/** The rules: what is worth telling, and what to do about it. */
export function findingsOf(recording: Recording, about: Omit<Inspection, 'findings'>): Finding[] {
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: string, message: string, advice: string): void => {
    findings.push({ code, severity, message, advice });
  };
  times(about, recording, add);
  labels(about, add);
  pictures(about, add);
  agreement(about, add);
  const rank = { error: 0, warning: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

type Add = (severity: Finding['severity'], code: string, message: string, advice: string) => void;
type About = Omit<Inspection, 'findings'>;

function times({ timing }: About, { metadata, skipped }: Recording, add: Add): void {
  if (timing.samples === 0) add('error', 'empty', 'There is no sample.', 'Record again.');
  if (skipped.length > 0) {
    add(
      'warning',
      'skipped',
      `${skipped.length} bad samples were left out: ${skipped[0]}`,
      'Mend the source and read it again.',
    );
  }
  if (metadata.timeSource === 'assumed-rate') {
    const message = `The source has no usable times; ${metadata.rate} samples a second are assumed.`;
    add('warning', 'assumed-rate', message, 'Give the true rate with --rate if you know it.');
  }
  if (timing.samples > 0 && timing.duration < 60) {
    const advice = 'Enough to try things out; record some minutes at least to train on.';
    add('info', 'short', `It lasts ${timing.duration.toFixed(0)} s only.`, advice);
  }
  if (timing.gaps.length > 0) {
    const message = `There are ${timing.gaps.length} gaps, the first before sample ${timing.gaps[0]!.sample}.`;
    add('info', 'gaps', message, 'Nothing to do: windows never cross them.');
  }
  const backwards = timing.gaps.filter((gap) => gap.seconds < 0).length;
  if (backwards > 0)
    add('warning', 'backwards', `Time runs backwards ${backwards} times.`, 'Sort the recording by time.');
  if (timing.repeated > 0) {
    add('warning', 'repeated-times', `${timing.repeated} samples repeat the time before.`, 'Remove the doubles.');
  }
  if (timing.jitter > 0.25) {
    const message = `The steps between samples vary by ${percent(timing.jitter)}.`;
    add('info', 'jitter', message, 'Train at a fixed rate: windows then take the sample nearest in time.');
  }
}

function labels({ columns, steering }: About, add: Add): void {
  for (const [name, title] of Object.entries(LABEL_NAMES)) {
    const column = columns[name];
    if (column === undefined) {
      if (name === 'steeringAngle')
        add('error', 'no-steering', 'There is no steering angle.', 'Use another recording.');
      else
        add('info', `no-${name}`, `There is no ${title}.`, 'The loss of that head is masked; it learns nothing here.');
    } else if (column.missing > 0) {
      const message = `${percent(column.missing / (column.missing + column.count))} of the samples have no ${title}.`;
      add('warning', `missing-${name}`, message, 'The loss is masked there; check the source.');
    }
  }
  const angle = columns.steeringAngle;
  if (angle === undefined || steering === undefined || angle.count === 0) return;
  const largest = Math.max(Math.abs(angle.min), Math.abs(angle.max));
  if (largest > 5 * Math.PI) {
    const message = `The wheel turns by ${((largest * 180) / Math.PI).toFixed(0)} degrees.`;
    add('error', 'steering-unit', message, 'No car does that: check the unit and the steering ratio.');
  }
  if (angle.deviation < 0.005) {
    add(
      'error',
      'no-turns',
      'The wheel never moves.',
      'Check that the steering was recorded; train on a road with bends.',
    );
    return;
  }
  if (steering.straightShare > 0.6) {
    const message = `${percent(steering.straightShare)} of the samples are dead straight.`;
    add('warning', 'straight', message, 'Balance over steering angle, or a network learns to go straight on.');
  }
  if (steering.leftShare < 0.25 || steering.leftShare > 0.75) {
    const side = steering.leftShare > 0.5 ? 'left' : 'right';
    const message = `Of the turns, ${percent(Math.max(steering.leftShare, 1 - steering.leftShare))} go ${side}.`;
    add('warning', 'one-sided', message, 'Mirror at random while training.');
  }
  const pulsing = steering.restShare > 0.25 && steering.pulses >= 10 && steering.pulseSeconds < 1;
  if (pulsing) {
    const how = steering.levels < Math.min(60, steering.moved / 4) ? 'a keyboard' : 'a keyboard or a mouse';
    const message =
      `The wheel rests at one angle in ${percent(steering.restShare)} of the samples and leaves it in ${steering.pulses} ` +
      `pulses of ${steering.pulseSeconds.toFixed(2)} s: ${how}.`;
    add(
      'warning',
      'pulses',
      message,
      'Smooth the labels over about a second, or record with an analogue wheel or stick.',
    );
  }
}

function pictures(about: About, add: Add): void {
  if (about.pictures.length === 0)
    add('error', 'no-camera', 'There are no images.', 'Nothing can learn to see from it.');
  for (const { camera, looked, dropped, broken, black, same, longestFrozen } of about.pictures) {
    if (dropped > 0) {
      const message = `Camera ${camera} has no frame in ${dropped} samples.`;
      add('info', 'dropped-frames', message, 'Nothing to do: windows never contain them.');
    }
    if (broken.length > 0) {
      const message = `Camera ${camera}: ${broken.length} frames cannot be decoded: ${broken[0]!.reason}`;
      add('error', 'broken-frames', message, 'Replace them, or import with --skip-bad.');
    }
    if (black.length > 0) {
      const message = `Camera ${camera}: ${black.length} of ${looked} frames are black or blank, the first at sample ${black[0]}.`;
      add('warning', 'black-frames', message, 'Cut those samples out.');
    }
    if (longestFrozen.length >= 5) {
      const message = `Camera ${camera} stands still for ${longestFrozen.length} frames from sample ${longestFrozen.start} on.`;
      add('warning', 'frozen', message, 'Cut them out: the labels go on while the image does not.');
    } else if (same > 0.05 * looked) {
      const message = `Camera ${camera}: ${percent(same / looked)} of the frames repeat the one before.`;
      add('warning', 'duplicates', message, 'The samples are faster than the camera: train at the rate of the camera.');
    }
  }
}

function agreement({ agreement, timing }: About, add: Add): void {
  if (agreement === undefined || timing.samples === 0) return;
  const r = agreement.correlation.toFixed(2);
  if (agreement.verdict === 'unclear') {
    const message = `The images do not show whether the sign of the steering is right (correlation ${r}).`;
    add('info', 'sign-unclear', message, 'Look at the strip: does the road bend the way the wheel turns?');
  } else if (agreement.verdict === 'opposed') {
    const message = `The road bends against the wheel (correlation ${r}): the sign of the steering is wrong.`;
    add('error', 'sign', message, 'Left must be positive: turn the sign round when reading.');
  }
  if (agreement.verdict === 'unclear') return;
  const lag = agreement.lag;
  if (lag < -0.75 / timing.rate) {
    const message = `The labels come ${(-lag).toFixed(2)} s after the images that they belong to.`;
    add(
      'warning',
      'late-labels',
      message,
      `Train with a label shift of ${(-lag).toFixed(2)} s, after checking a few bends.`,
    );
  } else if (lag > 0.4) {
    const message = `The scene answers the wheel ${lag.toFixed(2)} s later.`;
    add('warning', 'late-images', message, `Check the clocks; a label shift of ${(-lag).toFixed(2)} s would undo it.`);
  }
}
