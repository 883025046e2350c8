import { z } from 'zod';
import type { Command } from '../command.ts';
import type { Air } from '../conditions/wind.ts';
import type { CameraName, Frame } from '../frame.ts';
import type { RandomStream } from '../random/stream.ts';
import type { CarDemand } from '../vehicle/car.ts';
import type { VehicleState } from '../vehicle/state.ts';
import type { BodyPush } from '../vehicle/surroundings.ts';
import { type Amount, type AmountField, amountSchema } from './amount.ts';
import { SPAN_AMOUNTS, type Span } from './span.ts';

/** The control tick for which a disturbance is asked. */
export interface Moment {
  /** World time at the tick's start [s]. */
  readonly time: number;
  /** Since the disturbance began to act [s]. */
  readonly elapsed: number;
  /** The car at the tick's start. */
  readonly state: VehicleState;
}

/**
 * What a disturbance does while it acts: any of these. The episode asks at every control tick in which it acts, `command`
 * and `demand` at every physics step of it. What several disturbances do adds up, in the order of the episode's list.
 */
export interface DisturbanceEffect {
  /** Whether it acts now, for kinds whose span is `own`; asked at every tick. */
  acts?(moment: Omit<Moment, 'elapsed'>): boolean;
  /** It begins to act at this tick. */
  begin?(moment: Moment): void;
  /** The car was put back into its lane while this acts. */
  relocated?(state: VehicleState): void;
  /** Force and moment on the body. */
  push?(moment: Moment): BodyPush;
  /** Velocity of the air that is added to the wind. */
  air?(moment: Moment): Air;
  /** Factor on the tyres' friction coefficient, positive. */
  grip?(moment: Moment): number;
  /** What becomes of a command on its way from the driver to steering and engine; the actuators' dead time comes after it. */
  command?(command: Command, moment: Moment): Command;
  /** What steering and engine follow in place of what has arrived there. */
  demand?(demand: CarDemand, moment: Moment): CarDemand;
  /** What leaves the cameras for the driver in place of the frames that they took; recordings keep those. */
  frames?(frames: Readonly<Record<CameraName, Frame>>): Readonly<Record<CameraName, Frame>>;
  /** How much later than others the frames of this tick reach the driver [s]; rounded to whole control ticks. */
  lateness?(moment: Moment): number;
}

/** One kind of disturbance, told completely: a file of its own, and a line in the registry. */
export interface DisturbanceKind {
  /** As it stands in files, kebab-case. */
  readonly kind: string;
  /** What happens to the car, a sentence for people. */
  readonly description: string;
  readonly span: Span;
  /** Its amounts with their units, those of the span among them. */
  readonly amounts: Readonly<Record<string, AmountField>>;
  /** A disturbance of this kind as it stands in files. */
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<string> }>;
  /**
   * @param options as the schema gives them, with a number for each amount
   * @param stream of this one disturbance in its episode
   */
  make(options: Readonly<Record<string, unknown>>, stream: RandomStream): DisturbanceEffect;
}

type AmountsOf<S extends Span> = (typeof SPAN_AMOUNTS)[S];
/** Schemas of these amounts by name. */
type AmountShape<A> = {
  [K in keyof A]: A[K] extends { readonly optional: true } ? z.ZodExactOptional<z.ZodType<Amount>> : z.ZodType<Amount>;
};
type Drawn<A> = { readonly [K in keyof A]: A[K] extends { readonly optional: true } ? number | undefined : number };

interface Definition<
  K extends string,
  S extends Span,
  A extends Readonly<Record<string, AmountField>>,
  O extends z.ZodRawShape,
> {
  readonly kind: K;
  readonly description: string;
  readonly span: S;
  readonly amounts: A;
  /** What is not a number, by name. */
  readonly options?: O;
  make(options: Drawn<AmountsOf<S> & A> & z.infer<z.ZodObject<O>>, stream: RandomStream): DisturbanceEffect;
}

/**
 * Makes a kind of disturbance.
 *
 * Its span says when it acts: `time`, from a time or a place on for so many seconds; `stretch`, while the car is on a
 * stretch of its route; `own`, whenever its effect says so.
 */
export function defineDisturbance<
  const K extends string,
  S extends Span,
  const A extends Readonly<Record<string, AmountField>>,
  O extends z.ZodRawShape = Record<never, never>,
>({ kind, description, span, amounts, options, make }: Definition<K, S, A, O>) {
  const all: Readonly<Record<string, AmountField>> = { ...SPAN_AMOUNTS[span], ...amounts };
  const shape = {
    kind: z.literal(kind),
    ...Object.fromEntries(Object.entries(all).map(([name, field]) => [name, amountSchema(field)])),
    ...options,
  };
  const plain = z.strictObject(shape).meta({ description });
  const schema = span === 'time' ? plain.refine(...EITHER_START) : plain;
  type Shape = { kind: z.ZodLiteral<K> } & AmountShape<AmountsOf<S> & A> & O;
  return {
    kind,
    description,
    span,
    amounts: all,
    schema: schema as unknown as z.ZodObject<Shape, z.core.$strict>,
    make: make as DisturbanceKind['make'],
  };
}

const EITHER_START = [
  (value: Readonly<Record<string, unknown>>) => (value.time === undefined) !== (value.place === undefined),
  'takes either a time or a place at which it begins',
] as const;
