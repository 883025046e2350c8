import { z } from 'zod';
import { type ArraysFormat, decodeArrays, encodeArrays } from '../../../models/files/arrays-file.ts';
import type { Inside } from './look-inside.ts';

/** Predicted beside recorded steering on a clip that was held back. */
export interface Clip {
  readonly predicted: Float32Array;
  readonly truth: Float32Array;
  /** [Hz] */
  readonly rate: number;
}

/** What a network made of the held-back clip, and of one frame of it, at the end of an epoch. */
export interface LastLook {
  readonly clip: Clip;
  readonly inside: Inside;
}

const FORMAT: ArraysFormat = {
  kind: 'look',
  magic: 'wheelhouse-look',
  version: 1,
  mend: 'go on with the run: the next epoch writes it anew',
};

const size = z.int().min(1);
const documentSchema = z.strictObject({
  rate: z.number().positive(),
  frame: z.strictObject({ width: size, height: size, time: z.number() }),
  filters: z.strictObject({ layer: z.string(), height: size, width: size, inputs: size, outputs: size }).nullable(),
  activations: z.array(z.strictObject({ layer: z.string(), height: size, width: size, channels: size })),
});

export function encodeLook({ clip, inside }: LastLook): Uint8Array {
  const { frame, filters, activations } = inside;
  const { values: weights = new Float32Array(), ...filtersAbout } = filters ?? {};
  return encodeArrays(
    FORMAT,
    {
      rate: clip.rate,
      frame: { width: frame.width, height: frame.height, time: frame.time },
      filters: filters && filtersAbout,
      activations: activations.map(({ values: _, ...about }) => about),
    },
    [
      { group: 'clip', name: 'predicted', values: clip.predicted },
      { group: 'clip', name: 'truth', values: clip.truth },
      { group: 'frame', name: 'pixels', values: Float32Array.from(frame.pixels) },
      { group: 'filters', name: 'weights', values: weights },
      ...activations.map(({ values }, i) => ({ group: 'activations', name: String(i), values })),
    ],
  );
}

/** @param where the file, for messages. @throws Refusal when it is damaged or of another version */
export function decodeLook(file: Uint8Array, where: string): LastLook {
  const { document, arrays } = decodeArrays(FORMAT, documentSchema, file, where);
  const find = (group: string, name: string) =>
    arrays.find((array) => array.group === group && array.name === name)?.values ?? new Float32Array();
  const { rate, frame, filters, activations } = document;
  return {
    clip: { predicted: find('clip', 'predicted'), truth: find('clip', 'truth'), rate },
    inside: {
      frame: { ...frame, pixels: Uint8Array.from(find('frame', 'pixels')) },
      filters: filters && { ...filters, values: find('filters', 'weights') },
      activations: activations.map((about, i) => ({ ...about, values: find('activations', String(i)) })),
    },
  };
}
