import type { Command } from '../command.ts';
import type { Air } from '../conditions/wind.ts';
import type { CameraName, Frame } from '../frame.ts';
import { createStream, type RandomStream } from '../random/stream.ts';
import type { CarDemand } from '../vehicle/car.ts';
import type { VehicleState } from '../vehicle/state.ts';
import type { BodyPush } from '../vehicle/surroundings.ts';
import { type Amount, drawAmount } from './amount.ts';
import type { DisturbanceEffect, DisturbanceKind, Moment } from './disturbance.ts';
import { DISTURBANCES, type DisturbanceKinds, type DisturbanceSpec } from './registry.ts';
import { type SpanWatch, watchSpan } from './span.ts';

/** A disturbance that acts at a tick. */
export interface ActingDisturbance {
  readonly kind: string;
  /** Place in the episode's list, from 0. */
  readonly index: number;
}

interface Entry {
  readonly name: ActingDisturbance;
  readonly effect: DisturbanceEffect;
  readonly acts: (moment: Omit<Moment, 'elapsed'>, progress: number) => boolean;
  /** When it began; null while it does not act [s]. */
  since: number | null;
}

interface Acting {
  readonly entry: Entry;
  readonly moment: Moment;
}

/** The disturbances of an episode: which of them act at a tick, and what they do together. */
export class Disturbances {
  readonly #entries: readonly Entry[];
  #acting: readonly Acting[] = [];

  /**
   * @param specs of the episode
   * @param seed of the episode
   * @throws RangeError for a kind that is not among `kinds`
   */
  constructor(specs: readonly DisturbanceSpec[], seed: number, kinds: DisturbanceKinds = DISTURBANCES) {
    this.#entries = specs.map((spec, index) => open(spec, index, seed, kinds));
  }

  /** Those that act in the tick that was begun. */
  get acting(): readonly ActingDisturbance[] {
    return this.#acting.map(({ entry }) => entry.name);
  }

  /**
   * Begins a control tick; called once for each, in order.
   * @param time world time at its start [s]
   * @param progress distance covered along the road [m]
   * @param state at its start; kept until the next tick begins, so not the object that the car writes into
   */
  begin(time: number, progress: number, state: VehicleState): void {
    this.#acting = this.#entries.flatMap((entry) => {
      if (!entry.acts({ time, state }, progress)) {
        entry.since = null;
        return [];
      }
      const begins = entry.since === null;
      entry.since ??= time;
      const moment = { time, elapsed: time - entry.since, state };
      if (begins) entry.effect.begin?.(moment);
      return [{ entry, moment }];
    });
  }

  /** The car was put somewhere else. */
  relocated(state: VehicleState): void {
    for (const { effect, since } of this.#entries) if (since !== null) effect.relocated?.(state);
  }

  /** Force and moment on the body; null when nothing pushes. */
  push(): BodyPush | null {
    return this.#sum(
      ({ effect }, moment) => effect.push?.(moment),
      (a, b) => ({ force: a.force + b.force, moment: a.moment + b.moment }),
    );
  }

  /** Velocity of the air beside the wind; null when it stands still. */
  air(): Air | null {
    return this.#sum(
      ({ effect }, moment) => effect.air?.(moment),
      (a, b) => ({ x: a.x + b.x, y: a.y + b.y }),
    );
  }

  /** Factor on the tyres' friction coefficient. */
  grip(): number {
    return (
      this.#sum(
        ({ effect }, moment) => effect.grip?.(moment),
        (a, b) => a * b,
      ) ?? 1
    );
  }

  /** How much later than others the frames of this tick reach the driver [s]. */
  lateness(): number {
    return (
      this.#sum(
        ({ effect }, moment) => effect.lateness?.(moment),
        (a, b) => a + b,
      ) ?? 0
    );
  }

  /** What becomes of a command on its way. */
  command(command: Command): Command {
    return this.#acting.reduce((now, { entry, moment }) => entry.effect.command?.(now, moment) ?? now, command);
  }

  /** What steering and engine follow. */
  demand(demand: CarDemand): CarDemand {
    return this.#acting.reduce((now, { entry, moment }) => entry.effect.demand?.(now, moment) ?? now, demand);
  }

  /** Whether any of them changes what leaves the cameras. */
  get changesFrames(): boolean {
    return this.#acting.some(({ entry }) => entry.effect.frames !== undefined);
  }

  /** What leaves the cameras. */
  frames(frames: Readonly<Record<CameraName, Frame>>): Readonly<Record<CameraName, Frame>> {
    return this.#acting.reduce((now, { entry }) => entry.effect.frames?.(now) ?? now, frames);
  }

  #sum<T>(of: (entry: Entry, moment: Moment) => T | undefined, add: (a: T, b: T) => T): T | null {
    let sum: T | null = null;
    for (const { entry, moment } of this.#acting) {
      const part = of(entry, moment);
      if (part !== undefined) sum = sum === null ? part : add(sum, part);
    }
    return sum;
  }
}

function open(spec: DisturbanceSpec, index: number, seed: number, kinds: DisturbanceKinds): Entry {
  const kind = kinds.find((candidate) => candidate.kind === spec.kind);
  if (kind === undefined) throw new RangeError(`there is no disturbance of kind ${spec.kind}`);
  // The first has the stream of the time when there was only one, so that recordings made then can be made again.
  const stream = createStream(seed, 'disturbance');
  const own = index === 0 ? stream : stream.fork(String(index));
  const amounts = drawAmounts(kind, spec, own);
  const effect = kind.make({ ...spec, ...amounts }, own);
  return { name: { kind: spec.kind, index }, effect, acts: watch(kind, effect, amounts), since: null };
}

/** Each amount has a stream of its own, so that a range more or less leaves the others as they were. */
function drawAmounts({ amounts }: DisturbanceKind, spec: object, stream: RandomStream): Record<string, number> {
  const given = Object.entries(spec).filter(([name]) => Object.hasOwn(amounts, name)) as [string, Amount][];
  return Object.fromEntries(given.map(([name, amount]) => [name, drawAmount(amount, stream.fork(name))]));
}

function watch({ span }: DisturbanceKind, effect: DisturbanceEffect, amounts: Record<string, number>): Entry['acts'] {
  if (span === 'own') return (moment) => effect.acts?.(moment) ?? true;
  const isActing: SpanWatch = watchSpan(span, amounts);
  return ({ time }, progress) => isActing({ time, progress });
}
