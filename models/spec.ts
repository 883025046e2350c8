import { z } from 'zod';

/** Width or height of the frames that a network sees [px]. */
export const FRAME_SIDE = { min: 8, max: 4096 } as const;
/** Frames in a training window (T). */
export const WINDOW_LENGTH = { min: 1, max: 512 } as const;

const side = z.int().min(FRAME_SIDE.min).max(FRAME_SIDE.max);

/** Share of the source frame that is cut away on each side before resizing, 0 ≤ share < 1. */
export const cropSchema = z
  .strictObject({
    top: z.number().min(0).lt(1),
    bottom: z.number().min(0).lt(1),
    left: z.number().min(0).lt(1),
    right: z.number().min(0).lt(1),
  })
  .refine((crop) => crop.top + crop.bottom < 1 && crop.left + crop.right < 1, 'the crop leaves nothing of the frame');

/** What a network looks at. */
export const inputSchema = z.strictObject({
  /** Size of the frames that the network sees [px]. */
  width: side,
  height: side,
  crop: cropSchema,
  colourSpace: z.enum(['rgb', 'grey', 'yuv']),
  /** Per channel: (value − mean) / std, value in 0..255. */
  normalisation: z.strictObject({ mean: z.array(z.number()), std: z.array(z.number().positive()) }),
  /** Frames in a training window. */
  time: z.int().min(WINDOW_LENGTH.min).max(WINDOW_LENGTH.max),
  /** Frames a second that the network was trained on [Hz]. */
  rate: z.number().positive(),
});

/** The heads, in the order of the outputs' last axis. */
export const OUTPUT_NAMES = ['steeringAngle', 'speed', 'torque'] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];

/** Units of the heads, after scaling. */
export const OUTPUT_UNITS: Readonly<Record<OutputName, string>> = {
  steeringAngle: 'rad',
  speed: 'm/s',
  torque: 'N·m',
};

/** value [unit] = network output · scale + offset. */
export const outputSchema = z.strictObject({
  name: z.enum(OUTPUT_NAMES),
  unit: z.string(),
  scale: z.number().positive(),
  offset: z.number(),
});

/** Everything that fixes a network but its weights. */
export const specSchema = z.strictObject({
  architecture: z.string(),
  options: z.record(z.string(), z.unknown()),
  input: inputSchema,
  outputs: z
    .array(outputSchema)
    .length(OUTPUT_NAMES.length)
    .refine(
      (outputs) => outputs.every((output, i) => output.name === OUTPUT_NAMES[i]),
      `the outputs must be ${OUTPUT_NAMES.join(', ')}, in this order`,
    ),
});

export type Crop = z.infer<typeof cropSchema>;
export type InputSpec = z.infer<typeof inputSchema>;
export type OutputSpec = z.infer<typeof outputSchema>;
export type ModelSpec = z.infer<typeof specSchema>;

export const NO_CROP: Crop = { top: 0, bottom: 0, left: 0, right: 0 };

/** Channels that a network sees in a colour space. */
export function channelsOf(colourSpace: InputSpec['colourSpace']): 1 | 3 {
  return colourSpace === 'grey' ? 1 : 3;
}

/** Scales to start from where none were estimated: a wheel turned by a radian, 10 m/s, 2 N·m. */
export const TYPICAL_OUTPUTS: OutputSpec[] = [
  { name: 'steeringAngle', unit: 'rad', scale: 1, offset: 0 },
  { name: 'speed', unit: 'm/s', scale: 5, offset: 10 },
  { name: 'torque', unit: 'N·m', scale: 2, offset: 0 },
];
