import type { Command } from '../command.ts';
import { roadFriction } from '../conditions/grip.ts';
import { Disturbances } from '../disturbances/acting.ts';
import { Refusal } from '../refusal.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import { Car } from '../vehicle/car.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import { type EpisodeOptions, INTERVENTION_DISTANCE, type Tick } from './contract.ts';
import { Motion } from './motion.ts';
import { Neighbours } from './neighbours.ts';
import { RoadPlace } from './road-place.ts';
import { Sight } from './sight.ts';
import { CONTROL_PERIOD } from './spec.ts';
import { StateTrail } from './state-trail.ts';

export {
  type EpisodeOptions,
  type FrameSource,
  type Frames,
  INTERVENTION_DISTANCE,
  type Tick,
} from './contract.ts';

/** Why the car was put back. */
interface Intervention {
  readonly strayed: number;
  readonly collision: string | null;
}

/** One drive, stepped a control period at a time on the world's own clock. */
export class Episode {
  readonly car: Car;
  readonly #options: EpisodeOptions;
  readonly #timeLimit: number;
  readonly #place: RoadPlace;
  readonly #neighbours: Neighbours;
  readonly #motion: Motion;
  readonly #sight: Sight;
  readonly #disturbances: Disturbances;
  readonly #trail: StateTrail;
  #index = 0;
  #started = false;

  constructor(options: EpisodeOptions) {
    const { track, spec } = options;
    this.#options = options;
    // Two metres a second is walking pace: whoever is slower has not driven the route.
    this.#timeLimit = options.timeLimit ?? spec.route / 2;
    this.car = new Car(options.vehicle ?? DEFAULT_CAR);
    this.#place = new RoadPlace(track);
    this.#place.put(this.car, 0, 0);
    this.#neighbours = new Neighbours(this.car, this.#place, track, spec);
    this.#disturbances = new Disturbances(spec.disturbances ?? [], spec.seed, options.disturbanceKinds);
    this.#motion = new Motion(this.car, this.#place, track, spec, this.#disturbances);
    this.#sight = new Sight(options.cameras ?? {}, spec, this.#disturbances, options.driver);
    this.#trail = new StateTrail(this.car, this.#neighbours.traffic);
  }

  /** World time [s]. */
  get time(): number {
    return this.#index * CONTROL_PERIOD;
  }

  /** The other cars as they are now. */
  get others(): readonly TrafficCar[] {
    return this.#neighbours.present();
  }

  /** Distance covered along the road, which interventions neither add to nor take from [m]. */
  get progress(): number {
    return this.#place.progress;
  }

  /** Share of the route that is done, 0 to 1. */
  get completed(): number {
    return Math.min(1, Math.max(0, this.progress / this.#options.spec.route));
  }

  get done(): boolean {
    return this.progress >= this.#options.spec.route || this.time >= this.#timeLimit;
  }

  /** Hash of every state so far. */
  get stateHash(): string {
    return this.#trail.stateHash;
  }

  /** Hash of all states up to each full simulated second. */
  get secondHashes(): readonly string[] {
    return this.#trail.secondHashes;
  }

  /**
   * Drives one control period.
   * @throws Refusal when the driver answers with something that is not a number
   */
  async tick(): Promise<Tick> {
    const { driver, labeller, captureAlways = false } = this.#options;
    if (!this.#started) await this.#start();
    const intervention = this.#intervene();
    const { s, lateralError } = this.#place;
    const index = this.#index;
    const time = this.time;
    const state = { ...this.car.state };
    const others = this.#neighbours.present();
    this.#disturbances.begin(time, this.progress, state);

    const looks = driver.needsFrames || captureAlways;
    const pictures = looks ? await this.#sight.capture(state, time, index, others) : {};
    const kept = captureAlways || this.#options.keepsFrames?.(time) === true;
    const frames = await this.#sight.bytesOf(pictures, kept);
    const observation = { ...this.#sight.deliver(pictures, index), speed: state.speed, time };
    const command = checked(await driver.drive(observation), driver.name, time);
    const label = labeller === undefined ? null : await labeller.drive({ frames: {}, speed: state.speed, time });

    this.#motion.drive(command, index);
    this.#neighbours.step(time);
    this.#index++;
    this.#trail.add(this.progress, this.#index);
    return {
      index,
      time,
      state,
      s,
      lateralError,
      others,
      frames,
      command,
      label,
      intervened: intervention !== null,
      strayed: intervention?.strayed ?? 0,
      collision: intervention?.collision ?? null,
      disturbances: this.#disturbances.acting,
    };
  }

  async #start(): Promise<void> {
    this.#started = true;
    const { driver, labeller, track, spec } = this.#options;
    const { conditions, seed } = spec;
    const { perKilometre, friction } = conditions.frictionPatches;
    const view = {
      track,
      vehicle: this.car.parameters,
      controlPeriod: CONTROL_PERIOD,
      seed,
      truth: () => this.car.state,
      others: () => this.#neighbours.users(),
      friction: roadFriction(conditions) * (perKilometre > 0 ? Math.min(1, friction) : 1),
    };
    await driver.start(view);
    await labeller?.start(view);
  }

  /** Puts the car back where it strayed or touched another; null when all is well. */
  #intervene(): Intervention | null {
    const { s, lateralError } = this.#place;
    const collision = this.#neighbours.touched();
    const strayed = Math.abs(lateralError) > (this.#options.strayLimit?.() ?? INTERVENTION_DISTANCE);
    if (!strayed && collision === null) return null;
    const free = this.#neighbours.freePlace(s, Math.max(0, this.car.state.speed));
    this.#place.put(this.car, free.s, free.speed);
    this.#motion.relocated();
    this.#sight.relocated();
    this.#disturbances.relocated(this.car.state);
    this.#options.driver.relocated?.();
    this.#options.labeller?.relocated?.();
    return { strayed: strayed ? lateralError : 0, collision };
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
