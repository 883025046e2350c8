import type { Command } from '../command.ts';
import { FrictionField } from '../conditions/friction-field.ts';
import { type Air, type Wind, windOf } from '../conditions/wind.ts';
import type { Disturbances } from '../disturbances/acting.ts';
import type { Track } from '../track/track.ts';
import { type Car, type CarDemand, holdingTorque, type Surroundings } from '../vehicle/car.ts';
import { DeadTime } from './dead-time.ts';
import type { RoadPlace } from './road-place.ts';
import { CONTROL_PERIOD, type EpisodeSpec, PHYSICS_STEPS_PER_TICK } from './spec.ts';

const STEP = CONTROL_PERIOD / PHYSICS_STEPS_PER_TICK;

/** What moves the car: commands and disturbances on their way to the wheels, road and air. */
export class Motion {
  readonly #car: Car;
  readonly #place: RoadPlace;
  readonly #spec: EpisodeSpec;
  readonly #disturbances: Disturbances;
  readonly #friction: FrictionField;
  readonly #wind: Wind | null;
  readonly #commands: DeadTime<Command>;
  readonly #demands: DeadTime<CarDemand>;

  constructor(car: Car, place: RoadPlace, track: Track, spec: EpisodeSpec, disturbances: Disturbances) {
    const { conditions, seed } = spec;
    this.#car = car;
    this.#place = place;
    this.#spec = spec;
    this.#disturbances = disturbances;
    this.#friction = new FrictionField(track, conditions, seed);
    this.#wind = windOf(conditions.wind, seed, CONTROL_PERIOD);
    const rest = this.#rest();
    this.#commands = new DeadTime(Math.round(conditions.delays.computation / STEP), rest);
    this.#demands = new DeadTime(Math.round(conditions.delays.actuator / STEP), rest);
  }

  /** Forgets what is under way: the car was put somewhere else. */
  relocated(): void {
    const rest = this.#rest();
    this.#commands.clear(rest);
    this.#demands.clear(rest);
  }

  /** Drives one control period. @param tick its index */
  drive(command: Command, tick: number): void {
    const { actuation } = this.#spec;
    const surroundings = this.#surroundings();
    const first = tick * PHYSICS_STEPS_PER_TICK;
    this.#commands.send(command, first);
    for (let step = first; step < first + PHYSICS_STEPS_PER_TICK; step++) {
      const { steeringAngle, torque, speed } = this.#disturbances.command(this.#commands.at(step));
      // Adding 0 makes 0 of a negative zero, which hashes tell apart.
      this.#demands.send({ actuation, steeringAngle: steeringAngle + 0, torque: torque + 0, speed }, step);
      this.#car.step(STEP, this.#disturbances.demand(this.#demands.at(step)), surroundings);
    }
    this.#place.follow(this.#car);
  }

  #surroundings(): Surroundings {
    const { s, lateral } = this.#place;
    const { grade, bank } = this.#place.point();
    const wind = sum(this.#wind?.next(), this.#disturbances.air());
    const friction = this.#friction.at(s, lateral) * this.#disturbances.grip();
    const push = this.#disturbances.push();
    return { friction, grade, bank, ...(wind && { wind }), ...(push && { push }) };
  }

  /** Holds the wheel and the speed as they are. */
  #rest(): CarDemand {
    const { state, parameters } = this.#car;
    const { steeringWheelAngle: steeringAngle, speed } = state;
    const torque = holdingTorque(parameters, speed, steeringAngle);
    return { actuation: this.#spec.actuation, steeringAngle, torque, speed: Math.max(0, speed) };
  }
}

function sum(wind: Air | undefined, gust: Air | null): Air | undefined {
  if (gust === null) return wind;
  return { x: (wind?.x ?? 0) + gust.x, y: (wind?.y ?? 0) + gust.y };
}
