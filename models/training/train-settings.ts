import { z } from 'zod';
import { cropSchema, inputSchema } from '../spec.ts';
import type { TrainingOptions } from './options.ts';

/** How recordings are told apart; a split of single frames is refused, as it would measure memory. */
export const SPLITS = ['time-block', 'recording'] as const;

/** What a training makes of its recordings. What is absent is as the architecture has it. */
export const dataSettingsSchema = z.strictObject({
  /** Size of the frames that the network sees [px]. */
  width: inputSchema.shape.width.optional(),
  height: inputSchema.shape.height.optional(),
  /** Frames in a window (T). */
  time: inputSchema.shape.time.optional(),
  crop: cropSchema.optional(),
  /** Samples between the starts of two training windows. */
  stride: z.int().min(1).max(512),
  /**
   * Standard deviation of a Gaussian that the steering is smoothed with before it is learned [s]; `auto` smooths only
   * recordings that are steered in pulses, as with a keyboard. What is held back is scored as it was recorded.
   */
  smoothing: z.union([z.literal('auto'), z.number().min(0).max(10)]).default('auto'),
  /** Labels are taken this much later than the frame [s]: makes up for labels that come late; negative for early ones. */
  labelShift: z.number().min(-5).max(5).default(0),
  /** How far the cameras `left` and `right` are from the middle [m], to learn from them too; 0: not at all. */
  sideCameras: z.number().min(0).max(5).default(0),
  /** What validates: blocks of time within each recording, or whole recordings. */
  split: z.enum(SPLITS).default('time-block'),
  /** Share of the samples that validates. */
  validationShare: z.number().min(0).max(0.5),
  /** Share of each recording's end that is held back and only scored. */
  testTail: z.number().min(0).max(0.5),
});
export type DataSettings = z.infer<typeof dataSettingsSchema>;

/** The data settings among others; what is undefined is left out. */
export function dataSettingsOf(settings: DataSettings): DataSettings {
  const { width, height, time, crop, stride, smoothing, labelShift, sideCameras, split, validationShare, testTail } =
    settings;
  return {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(time !== undefined && { time }),
    ...(crop && { crop }),
    stride,
    smoothing,
    labelShift,
    sideCameras,
    split,
    validationShare,
    testTail,
  };
}

/** How a training goes when nothing else is said. */
export const DATA_DEFAULTS = {
  stride: 4,
  smoothing: 'auto',
  labelShift: 0,
  sideCameras: 0,
  split: 'time-block',
  validationShare: 0.1,
  testTail: 0.1,
} as const;

/**
 * From 5,000 frames of the expert's drives these made a cnn-lstm that drives the smoke suite without an intervention,
 * after 1,180 steps of 64 frames: two and a half minutes of one core.
 */
export const TRAINING_DEFAULTS = { epochs: 20, batch: 16, learningRate: 2e-3, jitter: 0.4, patience: 8 } as const;

/**
 * Frames in a window, for networks whose memory learns as well from short windows: a step of as many frames then sees
 * twice as many places, and the loss falls in half the steps.
 */
export const SHORT_WINDOWS: Readonly<Record<string, number>> = { 'cnn-rnn': 4, 'cnn-gru': 4, 'cnn-lstm': 4 };

/** Options that a network needs for a loss: a gaussian one has to be told how sure the network is. */
export function optionsForLoss(loss: TrainingOptions['loss'], architecture: string): Readonly<Record<string, unknown>> {
  return loss === 'gaussian' && architecture !== 'deeptesla' ? { uncertainty: true } : {};
}
