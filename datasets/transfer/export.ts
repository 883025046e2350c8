import type { ImageCodec } from '../images/codec.ts';
import { bytesOf, hashHex } from '../recording/hash.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import type { ExportOptions, RecordingExporter } from '../writing/exporter.ts';
import { Stopped, type TransferResult } from '../writing/samples.ts';
import { emptyFolder, Journal } from '../writing/unfinished.ts';

/**
 * Writes a recording in somebody else's format into an empty folder. Stopped at any moment and started again, it goes on
 * where it was, or begins anew where a format does not allow that; the files are the same as of an uninterrupted one.
 * Until the end a marker in the folder keeps readers away.
 * @throws Refusal for the first bad sample (unless they are skipped), and nothing stays; `taken-folder` when something else
 *   is in the folder
 */
export async function exportRecording(
  exporter: RecordingExporter,
  recording: Recording,
  storage: FileStorage,
  codec: ImageCodec,
  options: ExportOptions,
): Promise<TransferResult> {
  const about = await describe(exporter, recording, options);
  const journal = await Journal.open(storage, about, exporter.resumable);
  let samples = 0;
  const count = (written: number): void => {
    samples = written;
  };
  try {
    const result = await exporter.export(recording, storage, codec, {
      ...options,
      onWritten: count,
      ...(exporter.resumable && { journal }),
    });
    await journal.finish();
    return result;
  } catch (error) {
    await journal.close().catch(() => undefined);
    const stopped = error instanceof Stopped;
    if (!(stopped && exporter.resumable)) await emptyFolder(storage);
    if (!stopped) throw error;
    return { samples: exporter.resumable ? samples : 0, skipped: error.skipped, lost: [], complete: false };
  }
}

/** One line that is another one for another recording, another format or other options. */
async function describe(exporter: RecordingExporter, recording: Recording, options: ExportOptions): Promise<string> {
  const { metadata, columns, cameras, length } = recording;
  const pictures = [];
  for (const [camera, loader] of Object.entries(cameras)) pictures.push([camera, await loader.fingerprint?.()]);
  const values = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = new TextEncoder().encode(JSON.stringify([pictures, values.map(([name]) => name)]));
  const { skipBad, steeringRatio, fullSteering, assumedSpeed, header, fileSizes } = options;
  return JSON.stringify({
    export: exporter.name,
    recording: metadata.name,
    samples: length,
    content: hashHex([text, ...values.map(([, column]) => bytesOf(column!))]),
    options: { skipBad, steeringRatio, fullSteering, assumedSpeed, header, fileSizes },
  });
}
