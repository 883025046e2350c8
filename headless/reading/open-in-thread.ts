import type { EncodedFrame, FrameLoader, Recording } from '../../datasets/recording/recording.ts';
import type { ReadingOptions } from './messages.ts';
import { ReadingThread } from './thread.ts';

/**
 * Opens a recording in a thread that is ended when a damaged file sends the reader round in circles.
 * @param thread one that is to be used further; by default the recording has one of its own until it is closed
 * @throws Refusal of the reader, or `no-end` naming the file where it is stuck
 */
export async function openInThread(path: string, options: ReadingOptions, thread?: ReadingThread): Promise<Recording> {
  const reader = thread ?? (await ReadingThread.start());
  const end = async (): Promise<void> => {
    if (thread === undefined) await reader.end();
  };
  try {
    const { id: recording, value: opened } = await reader.ask<'open'>({ kind: 'open', path, options });
    const cameras: Record<string, FrameLoader> = {};
    for (const [camera, { has, encoded, fingerprint }] of Object.entries(opened.cameras)) {
      const picture = async <K extends 'frame' | 'encoded'>(kind: K, index: number) =>
        (await reader.ask<K>({ kind, recording, camera, index } as never)).value;
      cameras[camera] = {
        has: (index) => has[index] === 1,
        load: (index) => picture('frame', index),
        ...(encoded && { encoded: (index: number): Promise<EncodedFrame> => picture('encoded', index) }),
        ...(fingerprint && {
          fingerprint: async () => (await reader.ask<'fingerprint'>({ kind: 'fingerprint', recording, camera })).value,
        }),
      };
    }
    const { metadata, segments, skipped } = opened;
    const columns = opened.columns as Recording['columns'];
    return {
      metadata,
      columns,
      cameras,
      segments,
      skipped,
      length: columns.time.length,
      frame: async (index, camera) => cameras[camera]!.load(index),
      async close() {
        await reader.ask<'close'>({ kind: 'close', recording });
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
