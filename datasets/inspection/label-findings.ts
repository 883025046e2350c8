import { counted } from '../../sim/counted.ts';
import { samplesCut } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import { type About, type Add, percent, someSamples } from './finding-rule.ts';
import { slowFullLock } from './slow-full-lock.ts';
import { steersInPulses } from './steering-habits.ts';

const LABELS = { steeringAngle: 'steering angle', speed: 'speed', torque: 'steering torque' } as const;
type Label = keyof typeof LABELS;

/** A label whose values differ by less than this share of their size, or than this at all, is constant. */
const CONSTANT = { share: 0.01, size: 1e-6 };
/** A steering wheel turns by two and a half turns to a side at most [rad]. */
const MOST_TURNS = 5 * Math.PI;
/** Whose largest angle is less has hardly turned the wheel [rad]; about 2 degrees. */
const HARDLY_TURNED = 0.035;
/** With a larger share of straight samples, the sides of the few turns tell nothing. */
const MOSTLY_STRAIGHT = 0.9;
/** Faster than any car on a public road [m/s]. */
const MOST_SPEED = 70;

/** What is to be said about the labels and how somebody steered. */
export function labelFindings(about: About, recording: Recording, add: Add): void {
  for (const label of Object.keys(LABELS) as Label[]) presenceFinding(label, about.columns[label], add);
  unitFindings(about, add);
  constantFindings(about, add);
  dropoutFinding(about, recording, add);
  fullLockFinding(about, recording, add);
  habitFindings(about, add);
}

function presenceFinding(label: Label, column: ColumnStatistics | undefined, add: Add): void {
  const title = LABELS[label];
  if (column === undefined || column.count === 0) {
    const message = column === undefined ? `There is no ${title}.` : `No sample has a ${title}.`;
    if (label !== 'steeringAngle')
      add('info', `no-${label}`, message, 'The loss of that head is masked; it learns nothing here.');
    else if (column === undefined) add('error', 'no-steering', message, 'Use another recording.');
    else {
      const advice = 'Nothing can be learned from it: compare the times of the labels with those of the pictures.';
      add('error', 'no-steering', message, advice);
    }
  } else if (column.missing > 0) {
    const message = `${percent(column.missing / (column.missing + column.count))} of the samples have no ${title}.`;
    add('warning', `missing-${label}`, message, 'The loss is masked there; check the source.');
  }
}

/** Values that look as if they were read in another unit than they were stored in. */
function unitFindings({ columns: { steeringAngle: angle, speed } }: About, add: Add): void {
  const largest = angle === undefined ? 0 : sizeOf(angle);
  if (largest > MOST_TURNS) {
    const message = `The wheel turns by ${largest.toFixed(0)} rad, ${(largest / (2 * Math.PI)).toFixed(0)} turns: that looks like degrees that were read as radians.`;
    const advice = 'If so, import it with --scale steering=0.0174533; else check the steering ratio.';
    add('error', 'steering-unit', message, advice);
  } else if (angle !== undefined && !isConstant(angle) && largest < HARDLY_TURNED) {
    const message = `The wheel turns by ${((largest * 180) / Math.PI).toFixed(1)} degrees at most.`;
    const advice =
      'On a road without bends that may be so. If the source holds radians that were read as degrees, import it with ' +
      '--scale steering=57.2958; if it holds angles of the road wheels, with --scale steering= and the steering ratio.';
    add('warning', 'steering-unit', message, advice);
  }
  if (speed !== undefined && sizeOf(speed) > MOST_SPEED) {
    const message = `The speed reaches ${sizeOf(speed).toFixed(0)} m/s (${(3.6 * sizeOf(speed)).toFixed(0)} km/h): that looks like km/h or mph that were read as m/s.`;
    add('error', 'speed-unit', message, 'Import it with --scale speed=0.277778 for km/h, 0.44704 for mph.');
  }
}

function constantFindings({ columns }: About, add: Add): void {
  const { steeringAngle: angle, speed, torque } = columns;
  if (angle !== undefined && angle.count > 0 && isConstant(angle)) {
    const at = Math.abs(angle.mean) > 0.005 ? `: it stays at ${degrees(angle.mean)} degrees` : '';
    const advice = 'Check that the steering was recorded; train on a road with bends.';
    add('error', 'no-turns', `The wheel never moves${at}.`, advice);
  }
  for (const [label, column, unit] of [
    ['speed', speed, 'm/s'],
    ['torque', torque, 'N·m'],
  ] as const) {
    if (column === undefined || column.count === 0 || !isConstant(column)) continue;
    const message = `The ${LABELS[label]} never changes; it is ${column.mean.toFixed(2)} ${unit} throughout.`;
    const advice = `Its head learns nothing but that number: train with --set headWeights.${label}=0.`;
    add('info', `constant-${label}`, message, advice);
  }
}

function dropoutFinding({ dropouts, columns }: About, { cuts, columns: values }: Recording, add: Add): void {
  for (const label of Object.keys(LABELS) as Label[]) {
    const found = dropouts.filter(({ column }) => column === label);
    const first = found[0];
    if (first === undefined || columns[label] === undefined) continue;
    const around = [...values[label]!.subarray(first.start - 1, first.end + 1)].map((value) => value.toFixed(2));
    const where = someSamples(
      cuts,
      found.map(({ start }) => start),
    );
    const message = `The ${LABELS[label]} falls away ${found.length === 1 ? 'once' : `${found.length} times`} for a moment and comes back, at sample ${where} (${around.join(', ')}).`;
    const advice =
      'Such dropouts teach jerks: bridge them with `wheelhouse edit <recording> --dropouts interpolate`, or cut them out ' +
      'with --dropouts cut.';
    add('warning', `dropouts-${label}`, message, advice);
  }
}

function fullLockFinding({ timing }: About, recording: Recording, add: Add): void {
  const found = slowFullLock(recording);
  const first = found[0];
  if (first === undefined) return;
  const samples = samplesCut(found);
  const where = someSamples(
    recording.cuts,
    found.map(({ start }) => start),
  );
  const message = `The wheel is turned far at walking pace for ${counted(samples, 'sample')} (${(samples / timing.rate).toFixed(0)} s), from sample ${where} on: a U-turn, or parking.`;
  const advice =
    'So large angles outweigh all other bends in training. Cut such stretches out, with `wheelhouse edit <recording> --cut` or ' +
    'in the player of the app, unless a model is to learn them.';
  add('warning', 'full-lock', message, advice);
}

function habitFindings({ columns, steering }: About, add: Add): void {
  const angle = columns.steeringAngle;
  if (angle === undefined || steering === undefined || angle.count === 0 || isConstant(angle)) return;
  if (steering.straightShare > 0.6) {
    const message = `${percent(steering.straightShare)} of the samples are dead straight.`;
    const advice = 'Training balances the angles by itself; a road with more bends teaches more.';
    add('info', 'straight', message, advice);
  }
  if (steering.straightShare < MOSTLY_STRAIGHT && (steering.leftShare < 0.25 || steering.leftShare > 0.75)) {
    const side = steering.leftShare > 0.5 ? 'left' : 'right';
    const message = `Of the turns, ${percent(Math.max(steering.leftShare, 1 - steering.leftShare))} go ${side}.`;
    const advice =
      'Training mirrors half of the windows by itself; the course driven the other way round teaches more.';
    add('info', 'one-sided', message, advice);
  }
  if (steersInPulses(steering)) {
    const how = steering.levels < Math.min(60, steering.moved / 4) ? 'a keyboard' : 'a keyboard or a mouse';
    const message =
      `The wheel rests at one angle in ${percent(steering.restShare)} of the samples and leaves it in ${steering.pulses} ` +
      `pulses of ${steering.pulseSeconds.toFixed(2)} s: ${how}.`;
    add(
      'warning',
      'pulses',
      message,
      'Training smooths such steering over time by itself; an analogue wheel or stick records better.',
    );
  }
}

function sizeOf({ count, min, max }: ColumnStatistics): number {
  return count === 0 ? 0 : Math.max(Math.abs(min), Math.abs(max));
}

function isConstant(column: ColumnStatistics): boolean {
  return column.max - column.min <= Math.max(CONSTANT.size, CONSTANT.share * sizeOf(column));
}

function degrees(angle: number): string {
  return ((angle * 180) / Math.PI).toFixed(1);
}
