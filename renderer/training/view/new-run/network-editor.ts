import { z } from 'zod';
import type { InputSpec } from '../../../../models/spec.ts';
import { createSpec, planNetwork } from '../../../../models/zoo/zoo.ts';
import { Refusal } from '../../../../sim/refusal.ts';

/** What a text says about a network: which one, its options and size, or what is wrong with it. */
export type NetworkReading =
  | {
      /** Name in the zoo; `layers` when the text lists layers. */
      readonly architecture: string;
      readonly options: Record<string, unknown>;
      readonly parameters: number;
      readonly multiplyAdds: number;
      readonly layers: readonly { readonly name: string; readonly shape: readonly number[] }[];
    }
  | { readonly problem: string };

const optionsSchema = z.record(z.string(), z.unknown());

/**
 * Reads a network as a person writes it, in JSON: options of the chosen one, or `{"layers": [...]}`.
 * @param text may be empty: all options keep their defaults
 * @param input what it looks at, as far as it is not the architecture's own
 * @param given options that other choices ask for; the text's own win
 */
export function readNetwork(
  chosen: string,
  text: string,
  input: Partial<InputSpec> = {},
  given: Readonly<Record<string, unknown>> = {},
): NetworkReading {
  const read = readObject(text);
  if ('problem' in read) return read;
  const architecture = 'layers' in read.object ? 'layers' : chosen;
  const options = { ...given, ...read.object };
  try {
    const { parameters, multiplyAdds, plans } = planNetwork(createSpec(architecture, { options, input }));
    const layers = plans.map(({ name, shape }) => ({ name, shape }));
    return { architecture, options, parameters, multiplyAdds, layers };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

/** A JSON object as a person writes it; an empty text is an empty one. */
export function readObject(text: string): { readonly object: Record<string, unknown> } | { readonly problem: string } {
  let json: unknown;
  try {
    json = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const object = optionsSchema.safeParse(json);
  return object.success ? { object: object.data } : { problem: 'Write an object: { "option": value }' };
}
