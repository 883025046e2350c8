import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { metadataSchema, type RecordingMetadata } from '../../recording/metadata.ts';
import type { EncodedFrame } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import {
  CAMERA_NAME,
  COLUMN_NAME,
  FORMAT_NAME,
  FORMAT_VERSION,
  framesFile,
  METADATA_FILE,
  SAMPLES_FILE,
} from './layout.ts';
import { openFiles, type RecordingFiles } from './recording-files.ts';

/** One sample to be written. */
export interface RecordingSample {
  /** [s] */
  readonly time: number;
  /** Values by column; NaN and undefined mean that the value is missing. */
  readonly values: Readonly<Record<string, number | undefined>>;
  /** A frame, or an encoded picture of the recording's encoding, by camera; a dropped frame is left out. */
  readonly frames: Readonly<Record<string, Frame | EncodedFrame>>;
  /** True when this sample does not follow the one before it: the car was put back, or recording was paused. */
  readonly gap?: boolean;
}

export interface RecordingWriterOptions {
  /** How frames are stored; `raw` is quickest and largest. Default `jpeg`. */
  readonly encoding?: EncodedFrame['type'];
  /** JPEG quality, 1 to 100. Default 90. */
  readonly quality?: number;
  /** Go on behind the last whole sample of a recording that is there already, instead of refusing. */
  readonly append?: boolean;
  /** With `append`: the first new sample follows the last one that is there, so that no gap is marked between them. */
  readonly follows?: boolean;
  /** Samples that may wait to be encoded and written. Default 64. */
  readonly maxPending?: number;
  /** Called when the disk does not keep up: `append` then makes its caller wait. */
  readonly onSlow?: (pending: number) => void;
}

/** Writes a recording sample by sample; what was written stays readable whatever happens to this process. */
export interface RecordingWriter {
  /** Samples handed in, without those that were there before. */
  readonly count: number;
  /** Samples that wait to be encoded and written. */
  readonly pending: number;
  /**
   * Takes a sample; pixels are copied. Resolves at once while fewer than `maxPending` samples wait, else when the disk
   * has caught up.
   * @throws Refusal for a bad sample, or for the first failure of an earlier write, e.g. `disk-full`
   */
  append(sample: RecordingSample): Promise<void>;
  /** Resolves when everything taken so far is with the operating system. */
  flush(): Promise<void>;
  /** Writes what waits, puts it on the disk and closes the files. */
  close(): Promise<void>;
}

/**
 * Starts a recording in an empty storage, or goes on with one (`append`).
 * @throws Refusal `recording-exists`, `bad-metadata`
 */
export async function createRecordingWriter(
  storage: FileStorage,
  metadata: RecordingMetadata,
  codec: ImageCodec,
  options: RecordingWriterOptions = {},
): Promise<RecordingWriter> {
  const { encoding = 'jpeg', quality = 90, append = false, follows = false, maxPending = 64, onSlow } = options;
  const checked = checkMetadata(storage.name, metadata);
  const exists = await storage.exists(METADATA_FILE);
  if (exists && !append) {
    throw new Refusal(
      'recording-exists',
      `${storage.name}/${METADATA_FILE}`,
      'there is a recording already',
      'choose another folder, or ask to append',
    );
  }
  if (!exists) {
    const file = { format: FORMAT_NAME, version: FORMAT_VERSION, encoding, metadata: checked };
    await storage.remove(SAMPLES_FILE);
    for (const camera of Object.keys(checked.cameras)) await storage.remove(framesFile(camera));
    await storage.write(METADATA_FILE, `${JSON.stringify(file, null, 2)}\n`);
  }
  const files = await openFiles(storage, checked, encoding, follows);
  return new QueuedWriter(storage.name, checked, files, maxPending, onSlow, async (frame) => {
    if (encoding === 'raw') return frame.pixels;
    return codec.encode(frame, encoding === 'jpeg' ? { type: 'jpeg', quality } : { type: 'png' });
  });
}

interface Waiting {
  readonly sample: RecordingSample;
  readonly pictures: Promise<Record<string, Uint8Array>>;
}

class QueuedWriter implements RecordingWriter {
  count = 0;
  readonly #name: string;
  readonly #metadata: RecordingMetadata;
  readonly #files: RecordingFiles;
  readonly #maxPending: number;
  readonly #onSlow: ((pending: number) => void) | undefined;
  readonly #encode: (frame: Frame) => Promise<Uint8Array>;
  #queue: Waiting[] = [];
  #writing = 0;
  #pump: Promise<void> | undefined;
  #failure: unknown;
  #closed = false;

  constructor(
    name: string,
    metadata: RecordingMetadata,
    files: RecordingFiles,
    maxPending: number,
    onSlow: ((pending: number) => void) | undefined,
    encode: (frame: Frame) => Promise<Uint8Array>,
  ) {
    this.#name = name;
    this.#metadata = metadata;
    this.#files = files;
    this.#maxPending = maxPending;
    this.#onSlow = onSlow;
    this.#encode = encode;
  }

  get pending(): number {
    return this.#queue.length + this.#writing;
  }

  async append(sample: RecordingSample): Promise<void> {
    if (this.#closed) throw new Error('the recording is closed');
    if (this.#failure !== undefined) throw this.#failure;
    this.#check(sample);
    const pictures = this.#pictures(sample);
    pictures.catch(() => undefined);
    this.#queue.push({ sample, pictures });
    this.count++;
    this.#pump ??= this.#run();
    if (this.pending < this.#maxPending) return;
    this.#onSlow?.(this.pending);
    while (this.pending >= this.#maxPending && this.#failure === undefined) await this.#files.progress();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async flush(): Promise<void> {
    await this.#pump;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#files.close();
    }
  }

  async #run(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        const batch = this.#queue;
        this.#queue = [];
        this.#writing = batch.length;
        for (const { sample, pictures } of batch) this.#files.stage(sample, await pictures);
        await this.#files.write();
        this.#writing = 0;
        this.#files.announce();
      }
    } catch (error) {
      this.#failure = error;
      this.#files.announce();
    }
    this.#pump = undefined;
  }

  async #pictures(sample: RecordingSample): Promise<Record<string, Uint8Array>> {
    const names = Object.keys(sample.frames);
    const pictures = names.map((name) => {
      const frame = sample.frames[name]!;
      // The caller may reuse its buffer for the next frame while this one waits.
      return 'bytes' in frame ? frame.bytes : this.#encode({ ...frame, pixels: frame.pixels.slice() });
    });
    const done = await Promise.all(pictures);
    return Object.fromEntries(names.map((name, i) => [name, done[i]!]));
  }

  #check(sample: RecordingSample): void {
    const refuse = (field: string, what: string): never => {
      throw new Refusal('bad-sample', `${this.#name}: sample ${this.count}: ${field}`, what, 'mend the sample');
    };
    if (!Number.isFinite(sample.time)) refuse('time', 'the time is not a finite number');
    for (const [name, value] of Object.entries(sample.values)) {
      if (!COLUMN_NAME.test(name) || name === 'time') refuse(`values.${name}`, 'this is no column name');
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
        refuse(`values.${name}`, 'infinite');
    }
    for (const [name, frame] of Object.entries(sample.frames)) {
      const camera = this.#metadata.cameras[name];
      if (camera === undefined) refuse(`frames.${name}`, 'the metadata has no such camera');
      if ('bytes' in frame) {
        if (frame.type !== this.#files.encoding)
          refuse(`frames.${name}`, `is ${frame.type}, not ${this.#files.encoding}`);
        if (frame.bytes.length === 0) refuse(`frames.${name}`, 'the picture has no bytes');
        continue;
      }
      const { width, height, pixels } = frame;
      if (width !== camera!.width || height !== camera!.height || pixels.length !== width * height * 3) {
        refuse(`frames.${name}`, `is ${width}x${height}, the metadata says ${camera!.width}x${camera!.height}`);
      }
    }
  }
}

function checkMetadata(name: string, metadata: RecordingMetadata): RecordingMetadata {
  const checked = metadataSchema.safeParse(metadata);
  const refuse = (field: string, what: string): never => {
    throw new Refusal('bad-metadata', `${name}: ${field}`, what, 'mend the metadata');
  };
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    return refuse(issue.path.join('.'), issue.message);
  }
  const odd = Object.keys(checked.data.cameras).find((camera) => !CAMERA_NAME.test(camera));
  if (odd !== undefined) refuse('cameras', `${JSON.stringify(odd)} is no camera name`);
  return checked.data;
}
