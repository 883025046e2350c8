import { decodeDrive, driveFileName } from '../../../evaluation/trace/drive-file.ts';
import { host } from '../../host/host.ts';
import { openLibraryRecording } from '../../host/open-recordings.ts';
import { evaluatedDrive } from './evaluated-drive.ts';
import { readIncidents } from './incident-file.ts';
import type { Incident } from './incidents.ts';
import { type RecordedDrive, recordedDrive } from './recorded-drive.ts';

/** A drive that has been driven, to be watched again on its road. */
export interface PastDrive extends RecordedDrive {
  readonly incidents: readonly Incident[];
  /** Where to begin watching [s]. */
  readonly from: number;
}

/** Which past drive an address asks for: a recording, or an episode of an evaluation. */
export type PastDriveChoice =
  | { readonly recording: string }
  | { readonly evaluation: string; readonly episode: number; readonly from: number };

/** Reads `replay=<recording>`, or `evaluation=<id>&episode=<number>&from=<seconds>`; null for an address without. */
export function pastDriveIn(options: URLSearchParams): PastDriveChoice | null {
  const recording = options.get('replay');
  if (recording !== null) return { recording };
  const evaluation = options.get('evaluation');
  if (evaluation === null) return null;
  const whole = (name: string) => Math.max(0, Number(options.get(name)) || 0);
  return { evaluation, episode: Math.floor(whole('episode')), from: whole('from') };
}

/** @throws Refusal where it is not there, or does not say on which road it was driven */
export async function openPastDrive(choice: PastDriveChoice): Promise<PastDrive> {
  if ('evaluation' in choice) {
    const bytes = await host.files('evaluations', choice.evaluation).read(driveFileName(choice.episode));
    return { ...evaluatedDrive(decodeDrive(new TextDecoder().decode(bytes))), from: choice.from };
  }
  const files = host.files('recordings', choice.recording);
  const [recording, incidents] = await Promise.all([openLibraryRecording(choice.recording), readIncidents(files)]);
  const drive = recordedDrive(recording);
  await recording.close();
  const shifted = incidents.map((incident) => ({ ...incident, time: incident.time - drive.begin }));
  return { ...drive, incidents: shifted, from: 0 };
}
