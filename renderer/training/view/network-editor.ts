import { z } from 'zod';
import { createSpec, planNetwork } from '../../../models/zoo/zoo.ts';
import { Refusal } from '../../../sim/refusal.ts';

/** What a text says about a network: its options and size, or what is wrong with it. */
export type NetworkReading =
  | {
      readonly options: Record<string, unknown>;
      readonly parameters: number;
      readonly multiplyAdds: number;
      readonly layers: readonly { readonly name: string; readonly shape: readonly number[] }[];
    }
  | { readonly problem: string };

const optionsSchema = z.record(z.string(), z.unknown());

/**
 * Reads the options of a network as a person writes them, in JSON.
 * @param text may be empty: all options keep their defaults
 * @param time frames in a window
 */
export function readNetwork(architecture: string, text: string): NetworkReading {
  let json: unknown;
  try {
    json = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const options = optionsSchema.safeParse(json);
  if (!options.success) return { problem: 'Write an object: { "option": value }' };
  try {
    const { parameters, multiplyAdds, plans } = planNetwork(createSpec(architecture, { options: options.data }));
    return {
      options: options.data,
      parameters,
      multiplyAdds,
      layers: plans.map(({ name, shape }) => ({ name, shape })),
    };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}
