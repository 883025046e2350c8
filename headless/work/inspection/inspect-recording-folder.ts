import { type InspectOptions, inspectRecording } from '../../../datasets/inspection/inspect.ts';
import type { Inspection } from '../../../datasets/inspection/inspection.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import type { PreviewedTraining } from '../../../models/training/preview.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { recordingPage } from './recording-page.ts';
import { sampleShots, trainedShots } from './recording-shots.ts';

/** Name of the page in the folder that it is written to. */
export const INSPECTION_PAGE = 'inspect.html';
/** Pictures of what a training makes of samples. */
const TRAINED = 12;

/** What a person wants to look at. */
export interface InspectionOrder extends InspectOptions {
  /** The training whose view of the samples is shown on the page. */
  readonly training: PreviewedTraining;
}

/**
 * Looks through a recording and, where a folder is given, writes `inspect.html` there.
 * @returns what was found, and the path of the page in that folder
 */
export async function inspectIntoFolder(
  recording: Recording,
  out: string | undefined,
  { training, ...options }: InspectionOrder,
): Promise<Inspection> {
  const inspection = await inspectRecording(recording, options);
  if (out === undefined) return inspection;
  const codec = createSharpCodec();
  const samples = await sampleShots(recording, inspection.strip, codec);
  let refused = '';
  const trained = await trainedShots(recording, training, TRAINED, codec).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    refused = error.message;
    return [];
  });
  const page = recordingPage(recording, inspection, { samples, trained: { by: training, shots: trained, refused } });
  await new DiskStorage(out).write(INSPECTION_PAGE, page);
  return inspection;
}
