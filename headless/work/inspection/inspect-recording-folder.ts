import { type InspectOptions, inspectRecording } from '../../../datasets/inspection/inspect.ts';
import type { Inspection } from '../../../datasets/inspection/inspection.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { recordingPage } from './recording-page.ts';
import { augmentedShots, sampleShots } from './recording-shots.ts';

/** Name of the page in the folder that it is written to. */
export const INSPECTION_PAGE = 'inspect.html';
const AUGMENTED = 12;

/**
 * Looks through a recording and, where a folder is given, writes `inspect.html` there.
 * @returns what was found, and the path of the page in that folder
 */
export async function inspectIntoFolder(
  recording: Recording,
  out: string | undefined,
  options: InspectOptions = {},
): Promise<Inspection> {
  const inspection = await inspectRecording(recording, options);
  if (out === undefined) return inspection;
  const codec = createSharpCodec();
  const samples = await sampleShots(recording, inspection.strip, codec);
  const augmented = await augmentedShots(recording, AUGMENTED, codec);
  await new DiskStorage(out).write(INSPECTION_PAGE, recordingPage(recording, inspection, { samples, augmented }));
  return inspection;
}
