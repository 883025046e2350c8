import type { Frame } from '../../../sim/frame.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import { checkSample } from './check-sample.ts';
import type { RecorderWarning, RecorderWatch } from './recorder-watch.ts';
import type { RecordingFiles } from './recording-files.ts';
import type { RecordingSample, RecordingWriter } from './recording-writer.ts';

interface Waiting {
  readonly sample: RecordingSample;
  readonly pictures: Promise<Record<string, Uint8Array>>;
}

export interface QueuedWriterParts {
  /** What a person calls the storage. */
  readonly name: string;
  readonly metadata: RecordingMetadata;
  readonly files: RecordingFiles;
  readonly watch: RecorderWatch;
  readonly maxPending: number;
  readonly whenFull: 'wait' | 'drop';
  readonly encode: (frame: Frame) => Promise<Uint8Array>;
}

/** A recording writer that encodes and writes behind the caller's back, in order. */
export class QueuedWriter implements RecordingWriter {
  count = 0;
  dropped = 0;
  readonly #parts: QueuedWriterParts;
  #queue: Waiting[] = [];
  #writing = 0;
  #gap = false;
  #pump: Promise<void> | undefined;
  #failure: unknown;
  #closed = false;

  constructor(parts: QueuedWriterParts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#queue.length + this.#writing;
  }

  get warning(): RecorderWarning | null {
    return this.#parts.watch.warning;
  }

  async append(sample: RecordingSample): Promise<void> {
    const { name, metadata, files, watch, maxPending, whenFull } = this.#parts;
    if (this.#closed) throw new Error('the recording is closed');
    if (this.#failure !== undefined) throw this.#failure;
    checkSample(sample, metadata.cameras, files.encoding, `${name}: sample ${this.count}`);
    if (whenFull === 'drop' && this.pending >= maxPending) {
      this.dropped++;
      this.#gap = true;
      watch.lost();
      return;
    }
    const pictures = this.#pictures(sample);
    pictures.catch(() => undefined);
    this.#queue.push({ sample: this.#gap ? { ...sample, gap: true } : sample, pictures });
    this.#gap = false;
    this.count++;
    this.#pump ??= this.#run();
    watch.queued(this.pending);
    if (whenFull === 'drop') return;
    while (this.pending >= maxPending && this.#failure === undefined) await files.progress();
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
      await this.#parts.files.close();
    }
  }

  async #run(): Promise<void> {
    const { files, watch } = this.#parts;
    try {
      while (this.#queue.length > 0) {
        const batch = this.#queue;
        this.#queue = [];
        this.#writing = batch.length;
        for (const { sample, pictures } of batch) files.stage(sample, await pictures);
        const bytes = await files.write();
        this.#writing = 0;
        watch.written(bytes);
        watch.queued(this.pending);
        files.announce();
      }
    } catch (error) {
      this.#failure = error;
      files.announce();
    }
    this.#pump = undefined;
  }

  async #pictures(sample: RecordingSample): Promise<Record<string, Uint8Array>> {
    const names = Object.keys(sample.frames);
    const pictures = names.map((name) => {
      const frame = sample.frames[name]!;
      // The caller may reuse its buffer for the next frame while this one waits.
      return 'bytes' in frame ? frame.bytes : this.#parts.encode({ ...frame, pixels: frame.pixels.slice() });
    });
    const done = await Promise.all(pictures);
    return Object.fromEntries(names.map((name, i) => [name, done[i]!]));
  }
}
