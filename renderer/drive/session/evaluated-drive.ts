import type { DriveFile } from '../../../evaluation/files/drive-file.ts';
import type { Incident } from './incidents.ts';
import { type RecordedDrive, recordedDrive } from './recorded-drive.ts';

/** An evaluated drive in the form in which recorded ones are watched: what the driver and the expert asked for, and where it was put back. */
export function evaluatedDrive(file: DriveFile): RecordedDrive & { readonly incidents: readonly Incident[] } {
  const { columns, track, conditions, seed, traffic } = file;
  const column = (name: keyof DriveFile['columns']) => Float64Array.from(columns[name]);
  const drive = recordedDrive({
    length: columns.time.length,
    metadata: { ...NAMELESS, track, conditions, ...(seed !== undefined && { seed }), ...(traffic && { traffic }) },
    columns: {
      time: column('time'),
      x: column('x'),
      y: column('y'),
      yaw: column('yaw'),
      measuredSpeed: column('actualSpeed'),
      measuredSteeringAngle: column('steeringWheelAngle'),
      steeringAngle: column('steeringAngle'),
      speed: column('speed'),
      torque: column('torque'),
    },
  });
  const moments = drive.moments.map((moment, i) => ({
    ...moment,
    commands: {
      person: null,
      driver: moment.commands.person,
      expert: {
        steeringAngle: columns.expertSteeringAngle[i]!,
        speed: columns.expertSpeed[i]!,
        torque: columns.expertTorque[i]!,
      },
    },
  }));
  const incidents = file.interventions.map(
    (one): Incident => ({ ...one, kind: 'strayed', time: one.time - drive.begin, driverCommand: null }),
  );
  return { ...drive, moments, incidents };
}

/** What a recording says of itself; an evaluated drive has no more to say. */
const NAMELESS = {
  format: 'wheelhouse',
  name: '',
  rate: 20,
  timeSource: 'recorded' as const,
  cameras: {},
  conversions: [],
};
