import type { Recording } from '../../datasets/recording/recording.ts';
import { usualStep } from '../../datasets/recording/segments.ts';
import { recordedSteering } from '../../datasets/windows/recorded-steering.ts';
import { JUDGED_SMOOTHING, smoothingOf } from '../../datasets/windows/smooth-steering.ts';
import { createWindowSource, type WindowOptions, type WindowSource } from '../../datasets/windows/window-source.ts';
import type { CameraName } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { TrainingSummary } from '../files/model-format.ts';
import type { Network } from '../network/network.ts';
import { OUTPUT_NAMES, type OutputName } from '../spec.ts';
import { doubtsOf, frameDoubts } from './doubts.ts';
import { joinPredictions } from './join-predictions.ts';
import { type OpenLoopReport, scoreHeads } from './open-loop.ts';
import { type HeadPredictions, predictOpenLoop } from './predict.ts';
import { type SeenBefore, seenBefore } from './seen-before.ts';

/** What a network says of a recording, frame by frame. */
export type Predictions = Readonly<Record<OutputName, HeadPredictions>>;

/** A model on one recording. */
export interface RecordingTest {
  readonly recording: Recording;
  /** Frames that the model was shown. */
  readonly frames: number;
  /** Frames a second; smaller than the model's own where the recording has fewer [Hz]. */
  readonly rate: number;
  readonly seen: SeenBefore;
  /** How far the steering was smoothed that the model is judged by [s]; 0: not at all. */
  readonly smoothing: number;
  readonly predictions: Predictions;
  /** The steering as recorded, by sample; undefined where it is not smoothed. */
  readonly recorded: Float32Array | undefined;
  readonly report: OpenLoopReport;
  /** What makes one doubt that recording and model mean the same thing. */
  readonly doubts: readonly string[];
}

export interface ModelTest {
  readonly tests: readonly RecordingTest[];
  /** Over the frames of all recordings together; undefined where none was finished. */
  readonly overall: OpenLoopReport | undefined;
  readonly stopped: boolean;
}

export interface TestOptions {
  /** What the model's file says of its training. */
  readonly training: TrainingSummary | null;
  /** Default `centre`, or the only camera there is. */
  readonly camera?: CameraName | undefined;
  /** Makes the windows, e.g. in a thread of its own. Default: here. */
  openWindows?(recordings: readonly Recording[], options: WindowOptions): Promise<WindowSource>;
  /** Memory for decoded frames [bytes]. */
  readonly frameMemory?: number;
  /** Stops between two batches; what is finished is kept. */
  readonly signal?: AbortSignal | undefined;
  /** @param frames done of all @param total frames of all recordings */
  onProgress?(frames: number, total: number): void;
}

/**
 * Shows recordings to a model, frame by frame as in driving, and scores what it says beside the steering that every model
 * is judged by (`JUDGED_SMOOTHING`), whatever this one was taught.
 * @throws Refusal for a recording without steering, frames, or the camera
 */
export async function testRecordings(
  network: Network,
  recordings: readonly Recording[],
  options: TestOptions,
): Promise<ModelTest> {
  for (const recording of recordings) refuseUnscored(recording);
  const rates = recordings.map((recording) => Math.min(network.spec.input.rate, rateOf(recording)));
  const sources: WindowSource[] = [];
  for (const [i, recording] of recordings.entries()) {
    sources.push(await framesOf(network, recording, rates[i]!, options));
  }
  const total = sources.reduce((sum, { length }) => sum + length, 0);
  const tests: RecordingTest[] = [];
  let before = 0;
  options.onProgress?.(before, total);
  for (const [i, recording] of recordings.entries()) {
    const shown = (frames: number) => options.onProgress?.(before + frames, total);
    const one = testRecording(network, recording, sources[i]!, rates[i]!, options, shown);
    const test = await unlessStopped(one, options);
    if (test === undefined) break;
    tests.push(test);
    before += sources[i]!.length;
  }
  return { tests, overall: overallOf(tests), stopped: tests.length < recordings.length };
}

async function testRecording(
  network: Network,
  recording: Recording,
  source: WindowSource,
  rate: number,
  { training, signal }: TestOptions,
  onFrames: (frames: number) => void,
): Promise<RecordingTest> {
  const predictions = await predictOpenLoop(network, source, {
    async pause(frames) {
      onFrames(frames);
      signal?.throwIfAborted();
    },
  });
  const recorded = recordedSteering([recording], labelShiftOf(training));
  const report = scoreHeads(predictions, rate, recorded);
  const { predicted, truth } = predictions.steeringAngle;
  return {
    recording,
    frames: source.length,
    rate,
    seen: await seenBefore(training, recording),
    smoothing: smoothingOf(recording, JUDGED_SMOOTHING),
    predictions,
    recorded,
    report,
    doubts: [...doubtsOf({ predicted, truth, rate }), ...frameDoubts(recording, training)],
  };
}

/** How much later than its frame a model answers, by its training [s]; 0 for models that do not say it. */
function labelShiftOf(training: TrainingSummary | null): number {
  return training?.labelShift ?? 0;
}

/** Frame by frame, so that none is lost at the end of a run. @throws Refusal `no-frames`, `no-camera` */
async function framesOf(
  network: Network,
  recording: Recording,
  rate: number,
  { training, camera, openWindows, frameMemory = 0 }: TestOptions,
): Promise<WindowSource> {
  const { width, height, crop } = network.spec.input;
  const settings: WindowOptions = {
    smoothing: JUDGED_SMOOTHING,
    labelShift: labelShiftOf(training),
    ...(camera !== undefined && { camera }),
    time: 1,
    inputSize: { width, height },
    crop,
    rate,
    cacheBytes: frameMemory,
  };
  const source = (await openWindows?.([recording], settings)) ?? createWindowSource([recording], settings);
  if (source.length > 0) return source;
  throw new Refusal('no-frames', recording.metadata.name, 'no sample of it has a frame', 'leave this recording out');
}

function refuseUnscored({ metadata, columns, cameras }: Recording): void {
  if (Object.keys(cameras).length === 0) {
    const mend = 'test on a recording with images';
    throw new Refusal('no-camera', metadata.name, 'the recording has no images to show the model', mend);
  }
  if (columns.steeringAngle?.some((angle) => Number.isFinite(angle)) === true) return;
  const what = 'the recording has no steering angles to compare with';
  const mend = 'leave it out, or name the column of its steering with --columns';
  throw new Refusal('no-labels', metadata.name, what, mend);
}

/** Samples a second that a recording has everywhere [Hz]. */
function rateOf({ metadata, columns }: Recording): number {
  const usual = 1 / usualStep(columns.time);
  return Number.isFinite(usual) ? Math.min(metadata.rate, usual) : metadata.rate;
}

async function unlessStopped<Result>(result: Promise<Result>, { signal }: TestOptions): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return undefined;
    throw error;
  }
}

function overallOf(tests: readonly RecordingTest[]): OpenLoopReport | undefined {
  if (tests.length === 0) return undefined;
  if (tests.length === 1) return tests[0]!.report;
  const first: number[] = [];
  let samples = 0;
  for (const { recording } of tests) {
    first.push(samples);
    samples += recording.length;
  }
  const rates = tests.map((test) => test.rate);
  const rate = Math.max(...rates);
  const join = (name: OutputName) =>
    joinPredictions(
      tests.map(({ predictions }) => predictions[name]),
      first,
      rates,
    );
  const heads = Object.fromEntries(OUTPUT_NAMES.map((name) => [name, join(name)])) as Predictions;
  if (tests.every(({ recorded }) => recorded === undefined)) return scoreHeads(heads, rate);
  const recorded = new Float32Array(samples).fill(Number.NaN);
  for (const [i, test] of tests.entries()) {
    recorded.set(test.recorded ?? asJudged(test), first[i]);
  }
  return scoreHeads(heads, rate, recorded);
}

/** By sample, for a recording that is judged by the steering as it was recorded. */
function asJudged({ recording, predictions }: RecordingTest): Float32Array {
  const recorded = new Float32Array(recording.length).fill(Number.NaN);
  const { samples, truth } = predictions.steeringAngle;
  samples.forEach((sample, i) => {
    recorded[sample] = truth[i]!;
  });
  return recorded;
}
