import { Refusal } from '../../../sim/refusal.ts';
import type { RecordingMetadata } from '../../recording/metadata.ts';
import type { EncodedFrame } from '../../recording/recording.ts';
import type { AppendHandle, FileStorage } from '../../storage/storage.ts';
import { crc32 } from './crc32.ts';
import { framesFile, METADATA_FILE, SAMPLES_FILE, type SampleLine } from './layout.ts';
import type { RecordingSample } from './recording-writer.ts';
import { scanRecording } from './scan.ts';

/** What a power failure may cost [ms]: the files are put on the disk at least this often. */
const SYNC_PERIOD = 1000;

/** The open files of a recording. Pictures are written before the lines that name them. */
export interface RecordingFiles {
  readonly encoding: EncodedFrame['type'];
  /** Takes a sample for the next `write`. */
  stage(sample: RecordingSample, pictures: Readonly<Record<string, Uint8Array>>): void;
  /** Hands everything staged to the operating system, the pictures first. @returns how much that was [bytes] */
  write(): Promise<number>;
  /** Resolves at the next `announce`. */
  progress(): Promise<void>;
  announce(): void;
  /** Puts everything on the disk and closes. */
  close(): Promise<void>;
}

/**
 * Opens the files of a recording whose `recording.json` is there, cutting off what a crash left behind.
 * @throws Refusal `bad-metadata` when the recording there has other cameras or another encoding
 */
export async function openFiles(
  storage: FileStorage,
  metadata: RecordingMetadata,
  encoding: EncodedFrame['type'],
  follows: boolean,
): Promise<RecordingFiles> {
  const found = await scanRecording(storage);
  const shape = (of: RecordingMetadata) =>
    JSON.stringify(Object.entries(of.cameras).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (found.encoding !== encoding || shape(found.metadata) !== shape(metadata)) {
    throw new Refusal(
      'bad-metadata',
      `${storage.name}/${METADATA_FILE}`,
      'the recording there has other cameras or another encoding',
      'choose another folder',
    );
  }
  const pictures: Record<string, AppendHandle> = {};
  for (const camera of Object.keys(metadata.cameras)) {
    pictures[camera] = await storage.openAppend(framesFile(camera), { truncateTo: found.framesEnd[camera]! });
  }
  const lines = await storage.openAppend(SAMPLES_FILE, { truncateTo: found.samplesEnd });

  const stagedPictures: Record<string, Uint8Array[]> = {};
  const stagedBytes: Record<string, number> = {};
  let stagedLines: string[] = [];
  // What follows a crash or a pause does not follow the last sample that is there.
  let gap = found.columns.time.length > 0 && !follows;
  let syncing: Promise<void> | undefined;
  let syncFailure: unknown;
  let lastSync = performance.now();
  let waiting: (() => void)[] = [];

  const sync = async (): Promise<void> => {
    for (const handle of Object.values(pictures)) await handle.sync();
    await lines.sync();
  };

  return {
    encoding,
    stage(sample, encoded) {
      const frames: SampleLine['frames'] = {};
      for (const [camera, bytes] of Object.entries(encoded)) {
        const waitingBytes = stagedBytes[camera] ?? 0;
        frames[camera] = [pictures[camera]!.size + waitingBytes, bytes.length, crc32(bytes)];
        stagedPictures[camera] ??= [];
        stagedPictures[camera].push(bytes);
        stagedBytes[camera] = waitingBytes + bytes.length;
      }
      const values: SampleLine['values'] = {};
      for (const [name, value] of Object.entries(sample.values)) {
        if (value !== undefined && !Number.isNaN(value)) values[name] = value;
      }
      const line: SampleLine = {
        time: sample.time,
        ...((gap || sample.gap) && { gap: true as const }),
        values,
        frames,
      };
      gap = false;
      stagedLines.push(`${JSON.stringify(line)}\n`);
    },
    async write() {
      if (syncFailure !== undefined) throw syncFailure;
      const text = new TextEncoder().encode(stagedLines.join(''));
      stagedLines = [];
      let bytes = text.length;
      const appended = Object.entries(stagedPictures).map(([camera, parts]) => {
        bytes += stagedBytes[camera]!;
        stagedPictures[camera] = [];
        stagedBytes[camera] = 0;
        return pictures[camera]!.append(concatenate(parts));
      });
      await Promise.all(appended);
      await lines.append(text);
      if (syncing !== undefined || performance.now() - lastSync < SYNC_PERIOD) return bytes;
      // Not waited for: a slow disk must not hold up the next batch.
      syncing = sync()
        .catch((error) => {
          syncFailure = error;
        })
        .finally(() => {
          lastSync = performance.now();
          syncing = undefined;
        });
      return bytes;
    },
    progress: () => new Promise((resolve) => waiting.push(resolve)),
    announce() {
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    async close() {
      await syncing;
      try {
        await sync();
      } finally {
        for (const handle of [...Object.values(pictures), lines]) await handle.close();
      }
      if (syncFailure !== undefined) throw syncFailure;
    },
  };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
