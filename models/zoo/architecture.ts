import type { ZodType } from 'zod';
import type { VariableStore } from '../layers/variable-store.ts';
import type { NetworkBody } from '../network/network.ts';
import type { InputSpec } from '../spec.ts';

/** A kind of network in the zoo. */
export interface Architecture<Options extends Record<string, unknown> = Record<string, unknown>> {
  readonly name: string;
  /** A sentence on why it is there. */
  readonly summary: string;
  /** Where it comes from. */
  readonly source: string;
  /** Why it cannot drive, when it cannot (it needs the future, say). */
  readonly cannotDrive?: string;
  /** The input it is made for. */
  readonly input: InputSpec;
  /** Checks options and fills in the defaults. */
  readonly options: ZodType<Options>;
  /** Makes the layers; with a planning store, only their shapes. @throws RangeError when the shapes do not fit */
  build(input: InputSpec, options: Options, store: VariableStore): NetworkBody;
}
