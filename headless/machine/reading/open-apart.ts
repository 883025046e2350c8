import type { EncodedFrame, FrameLoader, Recording } from '../../../datasets/recording/recording.ts';
import type { LaunchChild } from '../processes/child.ts';
import type { ReadingOptions } from './messages.ts';
import { ReadingProcess } from './reading-process.ts';

/**
 * Opens a recording in a process apart, which damage may send round in circles or crash.
 * @param options.launch how processes are started; `fork` by default
 * @param options.shared one that is to be used further; by default the recording has one of its own until it is closed
 * @throws Refusal of the reader, or `no-end` naming the file where it is stuck
 */
export async function openApart(
  path: string,
  options: ReadingOptions,
  { launch, shared }: { readonly launch?: LaunchChild | undefined; readonly shared?: ReadingProcess } = {},
): Promise<Recording> {
  const reader = shared ?? (await ReadingProcess.start(launch));
  const end = (): void => {
    if (shared === undefined) reader.end();
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
    const { metadata, segments, skipped, cuts } = opened;
    const columns = opened.columns as Recording['columns'];
    return {
      metadata,
      columns,
      cameras,
      segments,
      skipped,
      cuts,
      length: columns.time.length,
      frame: async (index, camera) => cameras[camera]!.load(index),
      async close() {
        if (shared !== undefined && !reader.ended) await reader.ask<'close'>({ kind: 'close', recording });
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
