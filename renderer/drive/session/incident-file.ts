import { z } from 'zod';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import type { Incident } from './incidents.ts';

/** Lies beside the samples of a recording; times are on its clock. */
export const INCIDENTS_FILE = 'incidents.json';

const command = z.object({ steeringAngle: z.number(), speed: z.number(), torque: z.number() });
const fileSchema = z.object({
  incidents: z.array(
    z.object({
      kind: z.enum(['taken', 'given', 'strayed', 'reset']),
      time: z.number(),
      x: z.number(),
      y: z.number(),
      lateralError: z.number(),
      driverCommand: command.nullable(),
    }),
  ),
});

/** Writes what happened while it was recorded: who took the wheel when, and what the model had asked for. */
export async function writeIncidents(files: FileStorage, incidents: readonly Incident[]): Promise<void> {
  await files.write(INCIDENTS_FILE, `${JSON.stringify({ incidents }, null, 2)}\n`);
}

/** What happened while it was recorded; nothing where nobody wrote it down, or the file is not one of ours. */
export async function readIncidents(files: FileStorage): Promise<readonly Incident[]> {
  if (!(await files.exists(INCIDENTS_FILE))) return [];
  try {
    return fileSchema.parse(JSON.parse(new TextDecoder().decode(await files.read(INCIDENTS_FILE)))).incidents;
  } catch {
    return [];
  }
}
