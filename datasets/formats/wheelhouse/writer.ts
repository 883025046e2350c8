import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import type { EncodedFrame } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { checkMetadata } from './check-sample.ts';
import { FORMAT_NAME, FORMAT_VERSION, framesFile, METADATA_FILE, SAMPLES_FILE } from './layout.ts';
import { QueuedWriter } from './queued-writer.ts';
import { type RecorderWarning, RecorderWatch } from './recorder-watch.ts';
import { openFiles } from './recording-files.ts';
import type { RecordingWriter } from './recording-writer.ts';

export interface RecordingWriterOptions {
  /**
   * How frames are stored that come as pixels; `raw` is quickest and largest. Pictures that are JPEG or PNG already stay
   * as they are. Default `jpeg`.
   */
  readonly encoding?: EncodedFrame['type'];
  /** JPEG quality, 1 to 100. Default 90. */
  readonly quality?: number;
  /** Go on behind the last whole sample of a recording that is there already, instead of refusing. */
  readonly append?: boolean;
  /** With `append`: the first new sample follows the last one that is there, so that no gap is marked between them. */
  readonly follows?: boolean;
  /** Samples that may wait to be encoded and written. Default 64. */
  readonly maxPending?: number;
  /**
   * When that many wait: `wait` makes the caller of `append` wait, for a drive whose world has its own clock; `drop` loses
   * samples and marks the gap, for a drive that must not stop. Default `wait`.
   */
  readonly whenFull?: 'wait' | 'drop';
  /** Called when the disk is slow or nearly full, or samples were lost; with null when all is well again. */
  readonly onWarning?: (warning: RecorderWarning | null) => void;
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
  const { encoding = 'jpeg', quality = 90, append = false, follows = false } = options;
  const { maxPending = 64, whenFull = 'wait', onWarning } = options;
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
  const freeBytes = storage.freeBytes && (() => storage.freeBytes!());
  return new QueuedWriter({
    name: storage.name,
    metadata: checked,
    files,
    watch: new RecorderWatch({ maxPending, freeBytes, onWarning }),
    maxPending,
    whenFull,
    async encode(frame) {
      if (encoding === 'raw') return frame.pixels;
      return codec.encode(frame, encoding === 'jpeg' ? { type: 'jpeg', quality } : { type: 'png' });
    },
  });
}
