import type { Command } from '../command.ts';
import type { Driver } from '../drivers/driver.ts';
import type { CameraName, Frame } from '../frame.ts';
import { cos, sin, wrapAngle } from '../maths/deterministic.ts';
import { Refusal } from '../refusal.ts';
import type { Track, TrackPoint, TrackPosition } from '../track/track.ts';
import { Car, steadySteeringWheelAngle } from '../vehicle/car.ts';
import type { VehicleParameters } from '../vehicle/parameters.ts';
import { DEFAULT_CAR } from '../vehicle/parameters.ts';
import type { VehicleState } from '../vehicle/state.ts';
import { CameraLine, type Frames } from './camera-line.ts';
import { CONTROL_PERIOD, type EpisodeSpec, PHYSICS_STEPS_PER_TICK } from './spec.ts';
import { StateHash } from './state-hash.ts';

/** |lateral error| beyond which the car is put back: NVIDIA, End to End Learning for Self-Driving Cars, section 7.1 [m]. */
export const INTERVENTION_DISTANCE = 1;

/** A camera as the episode needs it. */
export interface FrameSource {
  capture(state: VehicleState, time: number): Promise<Frame>;
}

/** Adds to what the driver does, without the driver knowing (DART, arXiv:1703.09327). */
export interface Disturbance {
  /** What is added at `time` [s] and the car's `speed` [m/s]: steering-wheel angle [rad] and torque [N·m]. */
  at(time: number, speed: number): { readonly steeringAngle: number; readonly torque: number };
}

export interface EpisodeOptions {
  readonly track: Track;
  readonly spec: EpisodeSpec;
  readonly driver: Driver;
  /** Cameras by name. They are read when the driver needs frames or `captureAlways` is set. */
  readonly cameras?: Readonly<Record<CameraName, FrameSource>>;
  readonly captureAlways?: boolean;
  /** Says at each tick what it would do; labels for recordings and the yardstick of reports. */
  readonly labeller?: Driver;
  readonly disturbance?: Disturbance;
  readonly vehicle?: VehicleParameters;
  /** The episode ends after this time even if the route is not finished [s]. */
  readonly timeLimit?: number;
  /**
   * |lateral error| beyond which the car is put back now [m]; asked at each tick, and a negative answer puts it back
   * wherever it is. Default `INTERVENTION_DISTANCE`: a person at the wheel may be given more room.
   */
  readonly strayLimit?: () => number;
}

/** All that happened in one control period; the objects are new at every tick. */
export interface Tick {
  readonly index: number;
  /** World time at the tick's start [s]. */
  readonly time: number;
  /** Vehicle state at the tick's start. */
  readonly state: VehicleState;
  /** Arc length on the track [m] and lateral error from the middle of the driving lane, left positive [m]. */
  readonly s: number;
  readonly lateralError: number;
  /** What the cameras saw at this very moment (not what reached the driver). */
  readonly frames: Frames;
  /** What the driver asked for, without any disturbance. */
  readonly command: Command;
  /** What the labeller would have asked for. */
  readonly label: Command | null;
  /** The car had strayed and was put back at this tick; the state is the one after that. */
  readonly intervened: boolean;
  /** How far it had strayed when it was put back [m]; 0 otherwise. */
  readonly strayed: number;
}

/** One drive, stepped a control period at a time on the world's own clock. */
export class Episode {
  readonly car: Car;
  readonly #options: EpisodeOptions;
  readonly #timeLimit: number;
  readonly #line: CameraLine;
  readonly #hash: StateHash;
  readonly #stateBuffer: Float64Array;
  readonly #point: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
  readonly #position: TrackPosition = { s: 0, lateral: 0 };
  readonly #hashes: string[] = [];
  #index = 0;
  #progress = 0;
  #started = false;

  constructor(options: EpisodeOptions) {
    this.#options = options;
    // Two metres a second is walking pace: whoever is slower has not driven the route.
    this.#timeLimit = options.timeLimit ?? options.spec.route / 2;
    this.#line = new CameraLine(options.spec.conditions.camera);
    this.car = new Car(options.vehicle ?? DEFAULT_CAR);
    this.#stateBuffer = new Float64Array(this.car.stateLength + 2);
    this.#hash = new StateHash(this.#stateBuffer.length);
    this.#putOnLane(0, 0);
  }

  /** World time [s]. */
  get time(): number {
    return this.#index * CONTROL_PERIOD;
  }

  /** Distance covered along the road, which interventions neither add to nor take from [m]. */
  get progress(): number {
    return this.#progress;
  }

  /** Share of the route that is done, 0 to 1. */
  get completed(): number {
    return Math.min(1, Math.max(0, this.#progress / this.#options.spec.route));
  }

  get done(): boolean {
    return this.#progress >= this.#options.spec.route || this.time >= this.#timeLimit;
  }

  /** Hash of every state so far. */
  get stateHash(): string {
    return this.#hash.digest();
  }

  /** Hash of all states up to each full simulated second. */
  get secondHashes(): readonly string[] {
    return this.#hashes;
  }

  /**
   * Drives one control period.
   * @throws Refusal when the driver answers with something that is not a number
   */
  async tick(): Promise<Tick> {
    const { driver, labeller, spec, cameras = {} } = this.#options;
    if (!this.#started) await this.#start();
    const strayed = this.#putBackIfStrayed();
    const { s, lateralError } = this.#locate();
    const time = this.time;
    const state = { ...this.car.state };

    const frames: Record<CameraName, Frame> = {};
    if (driver.needsFrames || this.#options.captureAlways) {
      for (const [name, camera] of Object.entries(cameras)) frames[name] = await camera.capture(state, time);
    }
    const observation = { frames: this.#line.pass(frames), speed: state.speed, time };
    const command = checked(await driver.drive(observation), driver.name, time);
    const label = labeller === undefined ? null : await labeller.drive({ frames: {}, speed: state.speed, time });

    this.#move(command, spec);
    this.#remember();
    return {
      index: this.#index - 1,
      time,
      state,
      s,
      lateralError,
      frames,
      command,
      label,
      intervened: strayed !== 0,
      strayed,
    };
  }

  async #start(): Promise<void> {
    this.#started = true;
    const { driver, labeller, track, spec } = this.#options;
    const view = {
      track,
      vehicle: this.car.parameters,
      controlPeriod: CONTROL_PERIOD,
      seed: spec.seed,
      truth: () => this.car.state,
    };
    await driver.start(view);
    await labeller?.start(view);
  }

  #move(command: Command, spec: EpisodeSpec): void {
    const { track, disturbance } = this.#options;
    const step = CONTROL_PERIOD / PHYSICS_STEPS_PER_TICK;
    const added = disturbance?.at(this.time, this.car.state.speed);
    const demand = {
      actuation: spec.actuation,
      steeringAngle: command.steeringAngle + (added?.steeringAngle ?? 0),
      torque: command.torque + (added?.torque ?? 0),
      speed: command.speed,
    };
    const before = this.#position.s;
    const { grade, bank } = track.pointAt(before, this.#point);
    const surroundings = { friction: spec.conditions.friction, grade, bank };
    for (let i = 0; i < PHYSICS_STEPS_PER_TICK; i++) this.car.step(step, demand, surroundings);
    track.project(this.car.state.x, this.car.state.y, before, this.#position);
    let moved = this.#position.s - before;
    if (track.closed) {
      if (moved > track.length / 2) moved -= track.length;
      else if (moved < -track.length / 2) moved += track.length;
    }
    this.#progress += moved;
    this.#index++;
  }

  #remember(): void {
    const end = this.car.writeState(this.#stateBuffer, 0);
    this.#stateBuffer[end] = this.#progress;
    this.#stateBuffer[end + 1] = this.#index;
    this.#hash.add(this.#stateBuffer);
    if (this.#index % Math.round(1 / CONTROL_PERIOD) === 0) this.#hashes.push(this.#hash.digest());
  }

  #locate(): { s: number; lateralError: number } {
    const { s, lateral } = this.#position;
    return { s, lateralError: lateral - this.#options.track.laneCentre(s) };
  }

  /** Returns how far the car had strayed, or 0 when it is where it should be. */
  #putBackIfStrayed(): number {
    const { s, lateralError } = this.#locate();
    if (Math.abs(lateralError) <= (this.#options.strayLimit?.() ?? INTERVENTION_DISTANCE)) return 0;
    this.#putOnLane(s, Math.max(0, this.car.state.speed));
    this.#options.driver.relocated?.();
    this.#options.labeller?.relocated?.();
    return lateralError;
  }

  #putOnLane(s: number, speed: number): void {
    const { track } = this.#options;
    const point = track.pointAt(s, this.#point);
    const offset = track.laneCentre(s);
    const curvature = point.curvature / (1 - point.curvature * offset);
    this.car.reset({
      x: point.x - sin(point.heading) * offset,
      y: point.y + cos(point.heading) * offset,
      yaw: wrapAngle(point.heading),
      speed,
      roadWheelAngle:
        steadySteeringWheelAngle(this.car.parameters, speed, curvature) / this.car.parameters.steeringRatio,
    });
    this.#position.s = s;
    this.#position.lateral = offset;
  }
}

function checked(command: Command, driver: string, time: number): Command {
  for (const field of ['steeringAngle', 'speed', 'torque'] as const) {
    if (!Number.isFinite(command[field])) {
      const what = `the command's ${field} is ${command[field]} at ${time.toFixed(2)} s`;
      throw new Refusal('bad-command', `driver ${driver}`, what, 'check its training for exploding values');
    }
  }
  return command;
}
