import type { Recording } from '../../datasets/recording/recording.ts';
import { recordedSteering } from '../../datasets/windows/recorded-steering.ts';
import { JUDGED_SMOOTHING } from '../../datasets/windows/smooth-steering.ts';
import { splitRecordings } from '../../datasets/windows/split.ts';
import { createWindowSource, type WindowOptions, type WindowSource } from '../../datasets/windows/window-source.ts';
import type { InputSpec } from '../spec.ts';
import { straightParts } from './straight-parts.ts';
import { tooShort } from './too-short.ts';
import type { CompleteData } from './training-settings.ts';

/** Memory for decoded frames when nothing else is said [bytes]. */
const FRAME_MEMORY = 512 * 1024 * 1024;
/** Who has how much of it; the test is read only once. */
const MEMORY_SHARES = { training: 0.75, validation: 0.2, heldBack: 0.05 } as const;

/** Windows of what the recordings are split into; only those of the training have the steering as it is taught. */
export interface PartWindows {
  readonly training: WindowSource;
  /** With the steering that every model is judged by (`JUDGED_SMOOTHING`), as all that follow. */
  readonly validation: WindowSource;
  /** Consecutive windows without overlap of the first piece that is held back or, without one, that validates. */
  readonly heldBack: WindowSource;
  /** What is only scored; undefined when nothing is held back. */
  readonly test: TestPart | undefined;
  /** What to know of the parts, a line each. */
  readonly notes: readonly string[];
}

/** The held-back ends of the recordings. */
export interface TestPart {
  readonly windows: WindowSource;
  /** The steering as it was recorded, where models are judged by a smoothed one. */
  readonly recorded: Float32Array | undefined;
}

export interface OpenPartsOptions {
  openWindows?(recordings: readonly Recording[], options: WindowOptions): Promise<WindowSource>;
  /** Memory for decoded frames [bytes]. Default 512 MiB. */
  readonly frameMemory?: number | undefined;
}

/**
 * Splits recordings into what is learned, what validates and what is held back, and opens the windows of each.
 * @throws Refusal `too-short` when nothing is left to train on, saying why and what helps
 */
export async function openParts(
  recordings: readonly Recording[],
  data: CompleteData,
  input: InputSpec,
  options: OpenPartsOptions,
): Promise<PartWindows> {
  const split = splitRecordings(data.split, recordings, data);
  const { frameMemory = FRAME_MEMORY } = options;
  const open = async (
    parts: readonly Recording[],
    memory: number,
    more: Partial<WindowOptions> = {},
  ): Promise<WindowSource> => {
    const settings: WindowOptions = {
      smoothing: JUDGED_SMOOTHING,
      labelShift: data.labelShift,
      time: input.time,
      stride: input.time,
      inputSize: { width: input.width, height: input.height },
      crop: input.crop,
      rate: input.rate,
      cacheBytes: Math.floor(memory * frameMemory),
      ...more,
    };
    return options.openWindows?.(parts, settings) ?? createWindowSource(parts, settings);
  };
  const { smoothing, stride, sideCameras } = data;
  const training = await open(split.train, MEMORY_SHARES.training, { smoothing, stride, sideCameras });
  if (training.length === 0) throw tooShort(recordings, split, { ...data, time: input.time, rate: input.rate });
  const validation = await open(split.validation, MEMORY_SHARES.validation);
  const clip = (split.test.length > 0 ? split.test : split.validation).slice(0, 1);
  const heldBack = await open(clip, MEMORY_SHARES.heldBack);
  const testWindows = await open(split.test, 0);
  const test =
    testWindows.length > 0
      ? { windows: testWindows, recorded: recordedSteering(split.test, data.labelShift) }
      : undefined;
  const notes = [
    ...(data.validationShare > 0 && validation.length === 0
      ? [
          `nothing validates: no block has ${input.time} samples (T) in a row; the epoch of the least training loss is kept`,
        ]
      : []),
    ...straightParts(recordings, split, data, { validation: validation.length > 0, test: test !== undefined }),
    ...(data.testTail > 0 && test === undefined
      ? [`nothing is tested: the end that is held back has no ${input.time} samples (T) in a row`]
      : []),
  ];
  return { training, validation, heldBack, test, notes };
}
