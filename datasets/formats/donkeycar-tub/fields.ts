import { Refusal } from '../../../sim/refusal.ts';
import type { NumberedRecord, TubRecord } from './record.ts';

/** The field that steers, by the names that versions of DonkeyCar and others give it: DonkeyCar's own first. */
export const STEERING_FIELDS = [
  'user/angle',
  'user/steering',
  'user/steering_angle',
  'user/steer',
  'angle',
  'steering',
  'steering_angle',
] as const;
const THROTTLE_FIELDS = ['user/throttle', 'throttle'] as const;
const PICTURE = /\.(jpe?g|png)$/i;
/** Fields that a refusal lists at most. */
const LISTED = 30;

/** Which fields of a tub's records hold what. */
export interface TubFields {
  readonly steering: string;
  readonly throttle: string | undefined;
  /** Fields that name pictures. */
  readonly images: readonly string[];
  /** The one of them that every record must have. */
  readonly main: string;
}

/**
 * Finds out which fields are meant, for all records at once.
 * @param declared fields that the tub says hold pictures
 * @throws Refusal `no-steering` or `no-pictures`, listing the fields that there are
 */
export function findFields(records: readonly NumberedRecord[], declared: readonly string[], where: string): TubFields {
  const there = new Set<string>();
  const pictures = new Set<string>();
  for (const { record } of records) {
    for (const [field, value] of Object.entries(record)) {
      there.add(field);
      if (typeof value === 'string' && PICTURE.test(value)) pictures.add(field);
    }
  }
  const steering = STEERING_FIELDS.find((field) => there.has(field));
  if (steering === undefined) {
    const mend = `call the one that steers ${STEERING_FIELDS[0]} (-1 is full left, 1 full right)`;
    throw new Refusal('no-steering', where, `no field is known to steer; the records have ${listed(there)}`, mend);
  }
  const told = declared.filter((field) => there.has(field));
  const images = told.length > 0 ? told : [...pictures].sort();
  const main = images.includes(MAIN_IMAGE) ? MAIN_IMAGE : images[0];
  if (main === undefined) {
    const mend = `call the one that names the picture ${MAIN_IMAGE}`;
    throw new Refusal('no-pictures', where, `no field names pictures; the records have ${listed(there)}`, mend);
  }
  return { steering, throttle: THROTTLE_FIELDS.find((field) => there.has(field)), images, main };
}

/** DonkeyCar's only camera of most cars. */
const MAIN_IMAGE = 'cam/image_array';

/** What we call the camera whose pictures a field names. */
export function cameraOf(field: string, { images }: TubFields): string {
  if (field === MAIN_IMAGE || images.length === 1) return 'centre';
  return field.replace(/^cam\//, '').replaceAll(/[^A-Za-z0-9._-]/g, '_');
}

/** Names of all pictures that a record names, whatever its fields. */
export function picturesOf(record: TubRecord): string[] {
  return Object.values(record).filter((value): value is string => typeof value === 'string' && PICTURE.test(value));
}

function listed(fields: ReadonlySet<string>): string {
  const names = [...fields].filter((field) => !field.startsWith('_')).sort();
  const more = names.length - LISTED;
  return names.length === 0
    ? 'no field'
    : [...names.slice(0, LISTED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
