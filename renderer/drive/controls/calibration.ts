import { Refusal } from '../../../sim/refusal.ts';
import { readAxis } from './axis.ts';
import type { GamepadReading } from './gamepad.ts';
import type { GamepadProfile, InputSource } from './profiles.ts';

/** What a person is asked to do, one after the other. */
export const CALIBRATION_STEPS = ['rest', 'left', 'right', 'throttle', 'brake'] as const;
export type CalibrationStep = (typeof CALIBRATION_STEPS)[number];

/** Less than this is no movement that somebody was asked for [raw]. */
const LEAST_TRAVEL = 0.3;

type Place = Pick<InputSource, 'from' | 'index'>;

/** The device as it was found at each step. */
export type CalibrationReadings = Partial<Record<CalibrationStep, GamepadReading>>;

/** Copies a reading, since browsers go on writing into theirs. */
export function copyReading({ axes, buttons }: GamepadReading): GamepadReading {
  return { axes: [...axes], buttons: buttons.map(({ value }) => ({ value })) };
}

/**
 * Says whether a step was done: whether something moved that the steps before do not use.
 * @throws Refusal `not-moved`
 */
export function checkStep(step: CalibrationStep, readings: CalibrationReadings): void {
  const { rest } = readings;
  if (step === 'rest' || rest === undefined) return;
  if (step !== 'right') {
    mostMoved(rest, readings[step], step, placesBefore(step, readings));
    return;
  }
  const left = mostMoved(rest, readings.left, 'left', []);
  const still = rawAt(rest, left);
  const [leftWay, rightWay] = [rawAt(readings.left, left) - still, rawAt(readings.right, left) - still];
  if (Math.abs(rightWay) < LEAST_TRAVEL || Math.sign(leftWay) === Math.sign(rightWay)) throw notMoved('right');
}

/**
 * The profile of a device from readings at all steps.
 * @param base brings name, reach and exponent
 * @param deadZone share of the travel around rest that counts as nothing
 * @throws Refusal `not-moved` where a step is missing, or nothing moved in it
 */
export function profileOf(readings: CalibrationReadings, base: GamepadProfile, deadZone: number): GamepadProfile {
  const { rest } = readings;
  if (rest === undefined) throw notMoved('rest');
  for (const step of CALIBRATION_STEPS) checkStep(step, readings);
  const steering = mostMoved(rest, readings.left, 'left', []);
  const range = (place: Place, low: GamepadReading | undefined, high: GamepadReading | undefined): InputSource => ({
    ...place,
    axis: { low: rawAt(low, place), rest: rawAt(rest, place), high: rawAt(high, place), deadZone },
  });
  const throttle = mostMoved(rest, readings.throttle, 'throttle', placesBefore('throttle', readings));
  const brake = mostMoved(rest, readings.brake, 'brake', placesBefore('brake', readings));
  return {
    ...base,
    steering: range(steering, readings.right, readings.left),
    throttle: range(throttle, rest, readings.throttle),
    brake: range(brake, rest, readings.brake),
  };
}

/** Where a source stands, -1 to 1, for a bar. */
export function standing(reading: GamepadReading, source: InputSource): number {
  return readAxis(rawAt(reading, source), source.axis);
}

function placesBefore(step: CalibrationStep, readings: CalibrationReadings): Place[] {
  const places: Place[] = [];
  const { rest } = readings;
  if (rest === undefined || step === 'left') return places;
  places.push(mostMoved(rest, readings.left, 'left', []));
  if (step === 'brake') places.push(mostMoved(rest, readings.throttle, 'throttle', places));
  return places;
}

function mostMoved(
  rest: GamepadReading,
  now: GamepadReading | undefined,
  step: CalibrationStep,
  taken: readonly Place[],
): Place {
  const places: Place[] = [
    ...rest.axes.map((_, index) => ({ from: 'axis' as const, index })),
    ...rest.buttons.map((_, index) => ({ from: 'button' as const, index })),
  ].filter(({ from, index }) => !taken.some((one) => one.from === from && one.index === index));
  const travel = (place: Place) => Math.abs(rawAt(now, place) - rawAt(rest, place));
  const [best] = places.toSorted((a, b) => travel(b) - travel(a));
  if (now === undefined || best === undefined || travel(best) < LEAST_TRAVEL) throw notMoved(step);
  return best;
}

function rawAt(reading: GamepadReading | undefined, { from, index }: Place): number {
  return (from === 'axis' ? reading?.axes[index] : reading?.buttons[index]?.value) ?? 0;
}

function notMoved(step: CalibrationStep): Refusal {
  const what = step === 'right' ? 'it was not turned the other way' : 'nothing moved far enough';
  return new Refusal('not-moved', `calibration, step ${step}`, what, 'move it through its whole travel and hold it');
}
