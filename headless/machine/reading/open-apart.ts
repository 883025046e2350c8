import type { FrameLoader, Recording } from '../../../datasets/recording/recording.ts';
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
    const opened = await reader.ask('open', path, options);
    const { number } = opened;
    const cameras: Record<string, FrameLoader> = {};
    for (const [camera, { has, encoded, fingerprint }] of Object.entries(opened.cameras)) {
      cameras[camera] = {
        has: (index) => has[index] === 1,
        load: (index) => reader.ask('frame', number, camera, index),
        ...(encoded && { encoded: (index: number) => reader.ask('encoded', number, camera, index) }),
        ...(fingerprint && { fingerprint: () => reader.ask('fingerprint', number, camera) }),
      };
    }
    const { metadata, segments, skipped, notes, badPictures, cuts } = opened;
    const columns = opened.columns as Recording['columns'];
    return {
      metadata,
      columns,
      cameras,
      segments,
      skipped,
      notes,
      badPictures,
      cuts,
      length: columns.time.length,
      frame: async (index, camera) => cameras[camera]!.load(index),
      async close() {
        if (shared !== undefined && !reader.ended) await reader.ask('close', number);
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
