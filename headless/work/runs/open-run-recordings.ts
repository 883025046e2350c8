import type { OpenOptions } from '../../../datasets/formats/format.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { describeData, type RunRecording } from '../../../models/runs/describe-data.ts';
import type { Reference } from '../../../models/runs/run-config.ts';
import type { RunData } from '../../../models/runs/run-description.ts';
import { openPlacedRecordings } from '../recording/open-recordings.ts';

/** A folder of recordings, and what a run calls it. */
export interface RunPlace {
  readonly reference: Reference;
  readonly folder: string;
}

/** Opens what a run is trained on, and hashes it. @throws Refusal as `openRecordings` does */
export async function openRunRecordings(
  places: readonly RunPlace[],
  options: OpenOptions & { readonly format?: string } = {},
): Promise<{ readonly recordings: readonly Recording[]; readonly data: RunData }> {
  const references = new Map(places.map(({ folder, reference }) => [folder, reference]));
  const found = await openPlacedRecordings(
    places.map(({ folder }) => folder),
    options,
  );
  const opened = found.map(({ place, recording }): RunRecording => ({ reference: references.get(place)!, recording }));
  return { recordings: opened.map(({ recording }) => recording), data: await describeData(opened) };
}
