import { findRecording } from '../../datasets/formats/open.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import type { ReadingOptions } from '../reading/messages.ts';
import { storageAt } from '../reading/open-here.ts';
import { openInThread } from '../reading/open-in-thread.ts';

/**
 * Opens a recording of any known format from a folder on the disk, or from a single file such as an MCAP file. Formats
 * whose parsers damage may send round in circles are read in a thread that can be ended.
 * @throws Refusal `missing-file` when there is none, and what `openAnyRecording` refuses
 */
export async function openRecordingFolder(folder: string, options: ReadingOptions = {}): Promise<Recording> {
  const storage = await storageAt(folder, options.name);
  const found = await findRecording(storage, options.format);
  if (found.format.container !== true) return found.open(createSharpCodec(), options);
  await storage.close();
  return openInThread(folder, { ...options, format: found.format.name });
}
