import { type Check, type CheckReport, runChecks } from '../../sim/check-report.ts';
import type { Command } from '../../sim/command.ts';
import { CLEAR_DAY, type Conditions } from '../../sim/conditions/conditions.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { EpisodeOptions, FrameSource } from '../../sim/episode/contract.ts';
import { Episode } from '../../sim/episode/episode.ts';
import { CONTROL_PERIOD } from '../../sim/episode/spec.ts';
import type { Frame } from '../../sim/frame.ts';
import { cos, sin, wrapAngle } from '../../sim/maths/deterministic.ts';
import { createStream } from '../../sim/random/stream.ts';
import { openTrack } from '../../sim/track/catalogue.ts';
import { Car } from '../../sim/vehicle/car.ts';
import { DEFAULT_CAR } from '../../sim/vehicle/vehicles.ts';

/** Ticks of each short drive. */
const TICKS = 60;
/** Ticks until the car is put back in the check that it forgets. */
const PUT_BACK = 30;
/** Nothing on a road is quicker [m/s]. */
const FASTEST = 100;
/** Size of the made-up frames [px]. */
const FRAME = { width: 320, height: 160 };

export interface CheckDriverOptions {
  /** Cameras to drive with. Default: one, `centre`, of made-up pictures; no graphics device is needed. */
  readonly cameras?: EpisodeOptions['cameras'];
  /** Id of the road. Default `country:7`. */
  readonly track?: string;
}

interface Drive {
  readonly commands: readonly Command[];
  readonly stateHash: string;
}

/**
 * Checks a driver of one's own on short drives: that its commands are numbers within the car's limits, the same for the
 * same seed, again and from a new driver, that it answers without a frame and after the car was put back, and that it can
 * be disposed of.
 * @param createDriver makes a driver, as for each episode of an evaluation; a driver itself is checked again and again, and is disposed of at the end
 */
export async function checkDriver(
  createDriver: Driver | (() => Driver),
  options: CheckDriverOptions = {},
): Promise<CheckReport> {
  const make = typeof createDriver === 'function' ? createDriver : () => createDriver;
  const driver = make();
  const again = (conditions?: Conditions) => drive(driver, options, conditions);
  let first: Drive | undefined;
  const checks: Check[] = [
    {
      name: 'drives',
      mend: 'answer every observation with steeringAngle [rad], speed [m/s] and torque [N·m] as numbers, in `start` and `drive`',
      async run() {
        first = await again();
        return `${first.commands.length} commands, each of three numbers`;
      },
    },
    {
      name: 'in-range',
      mend: 'bound the commands: a wrong unit (degrees, km/h) or an angle of the road wheels is the usual cause',
      run: () => rangesOf(first),
    },
    {
      name: 'same-twice',
      mend: 'forget everything in `start`, and take chance only from streams of the episode’s seed',
      run: async () => same(first, await again(), 'driven again with the same seed'),
    },
    {
      name: 'same-from-new',
      mend: 'keep nothing outside the driver: several drive at the same time',
      async run() {
        const other = make();
        const driven = await drive(other, options);
        if (other !== driver) other.dispose?.();
        return same(first, driven, 'driven by a new driver');
      },
    },
    {
      name: 'forgets',
      mend: 'in `relocated`, forget what was remembered of the past: position, last error, recurrent state',
      run() {
        known(first);
        return checkForgetting(driver, options);
      },
    },
    {
      name: 'without-frame',
      mend: 'when `frames` is empty repeat the last command, or hold speed and wheel before there was one',
      async run() {
        const camera = { ...CLEAR_DAY.camera, dropped: 0.5 };
        const { commands } = await again({ ...CLEAR_DAY, camera });
        return `${commands.length} commands though half of the frames were dropped`;
      },
    },
    {
      name: 'disposes',
      mend: '`dispose` must not throw, even when it is called twice',
      run() {
        driver.dispose?.();
        driver.dispose?.();
        return driver.dispose ? 'disposed of twice' : 'it holds nothing';
      },
    },
  ];
  return runChecks(driver.name, checks);
}

/** Drives a few seconds. @throws Refusal when a command is not a number */
async function drive(driver: Driver, options: CheckDriverOptions, conditions = CLEAR_DAY): Promise<Drive> {
  const track = openTrack(options.track ?? 'country:7');
  const episode = new Episode({
    track,
    spec: { track: track.id, seed: 1, conditions, route: track.length, actuation: 'angle' },
    driver,
    cameras: options.cameras ?? { centre: madeUpCamera(1) },
  });
  const commands: Command[] = [];
  for (let tick = 0; tick < TICKS; tick++) commands.push({ ...(await episode.tick()).command });
  return { commands, stateHash: episode.stateHash };
}

function rangesOf(driven: Drive | undefined): string {
  const { commands } = known(driven);
  const { maxSteeringWheelAngle, maxTorque } = DEFAULT_CAR;
  const limits = [
    ['steeringAngle', -maxSteeringWheelAngle, maxSteeringWheelAngle, 'rad'],
    ['speed', 0, FASTEST, 'm/s'],
    ['torque', -maxTorque, maxTorque, 'N·m'],
  ] as const;
  for (const [field, least, most, unit] of limits) {
    const tick = commands.findIndex((command) => !(command[field] >= least && command[field] <= most));
    if (tick < 0) continue;
    const range = `${least.toFixed(1)} to ${most.toFixed(1)} ${unit}`;
    throw new Error(`${field} is ${commands[tick]![field]} at tick ${tick}, outside ${range}`);
  }
  return 'all within what the car can do';
}

/** Two different pasts, the same moment at which the car is put back: what is said after it must be the same. */
async function checkForgetting(driver: Driver, options: CheckDriverOptions): Promise<string> {
  const [left, right] = [await afterPutBack(driver, options, 0.4), await afterPutBack(driver, options, -0.4)];
  const tick = left.findIndex((command, i) => !isSame(command, right[i]!));
  if (tick >= 0) {
    const [one, other] = [words(left[tick]!), words(right[tick]!)];
    throw new Error(`${tick} ticks after the car was put back it says ${one} or ${other}, by where it was before`);
  }
  return 'what it says after the car was put back does not depend on what was before';
}

/** What a driver says when the car is put back after it was for a while beside the middle of its lane [m]. */
async function afterPutBack(driver: Driver, options: CheckDriverOptions, beside: number): Promise<Command[]> {
  const track = openTrack(options.track ?? 'country:7');
  const car = new Car(DEFAULT_CAR);
  const view = { track, vehicle: DEFAULT_CAR, controlPeriod: CONTROL_PERIOD, seed: 1, truth: () => car.state };
  const put = (s: number, offset: number): void => {
    const { x, y, heading } = track.pointAt(s);
    const lateral = track.laneCentre(s) + offset;
    car.reset({ x: x - lateral * sin(heading), y: y + lateral * cos(heading), yaw: wrapAngle(heading), speed: 8 });
  };
  const cameras = options.cameras ?? { centre: madeUpCamera(beside > 0 ? 1 : 2) };
  const after = options.cameras ?? { centre: madeUpCamera(3) };
  const answer = async (tick: number, sources: typeof cameras): Promise<Command> => {
    const time = tick * CONTROL_PERIOD;
    const frames: Record<string, Frame> = {};
    if (driver.needsFrames) {
      for (const [name, source] of Object.entries(sources)) frames[name] = await source.capture(car.state, time);
    }
    return { ...(await driver.drive({ frames, speed: car.state.speed, time })) };
  };
  put(0, beside);
  await driver.start(view);
  for (let tick = 0; tick < PUT_BACK; tick++) {
    put(0.4 * tick, beside);
    await answer(tick, cameras);
  }
  driver.relocated?.();
  const commands: Command[] = [];
  for (let tick = PUT_BACK; tick < PUT_BACK + 5; tick++) {
    put(0.4 * tick, 0);
    commands.push(await answer(tick, after));
  }
  return commands;
}

function same(first: Drive | undefined, second: Drive, when: string): string {
  const { commands, stateHash } = known(first);
  const tick = commands.findIndex((command, i) => !isSame(command, second.commands[i]!));
  if (tick >= 0) {
    const [before, after] = [words(commands[tick]!), words(second.commands[tick]!)];
    throw new Error(`${when} it says ${after} at tick ${tick} instead of ${before}`);
  }
  if (stateHash !== second.stateHash) throw new Error(`${when} the car goes another way for the same commands`);
  return `${when}: the same to the last bit`;
}

function words({ steeringAngle, speed, torque }: Command): string {
  return `${steeringAngle} rad, ${speed} m/s, ${torque} N·m`;
}

function isSame(a: Command, b: Command): boolean {
  return a.steeringAngle === b.steeringAngle && a.speed === b.speed && a.torque === b.torque;
}

function known(driven: Drive | undefined): Drive {
  if (driven === undefined) throw new Error('not looked at, because it does not drive');
  return driven;
}

/** Pictures of a changing pattern, the same at the same time. */
function madeUpCamera(seed: number): FrameSource {
  const random = createStream(seed, 'made-up-frames');
  const pattern = Uint8Array.from({ length: FRAME.width * FRAME.height * 3 }, () => random.integer(0, 255));
  return {
    async capture(_, time) {
      const shift = Math.round(time * 20) * 3;
      const pixels = pattern.map((_value, i) => pattern[(i + shift) % pattern.length]!);
      return { ...FRAME, time, pixels };
    },
  };
}
