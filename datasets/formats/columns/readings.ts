import { z } from 'zod';
import { nearestNames } from '../../../sim/nearest-name.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { ROLES, type Role } from './roles.ts';
import { UNITS, unitCalled } from './units.ts';

const finite = z.number().gt(-1e12).lt(1e12);

/**
 * How a person says that one column of a source is to be read: `(scale · stored + offset)` in its unit, turned into ours
 * (rad, m/s, N·m, s; left positive), its sign turned round where `flip` says so.
 */
export const columnReadingSchema = z.strictObject({
  /** Header of the column, or its number from 1. Formats that know their columns need none. */
  column: z.string().min(1).optional(),
  /** Name of the unit in which it is stored. Default: what the column's name says, or the format. */
  unit: z.string().min(1).optional(),
  /** The side to which positive values steer. Default: left. */
  positive: z.enum(['left', 'right']).optional(),
  scale: finite.refine((value) => value !== 0, 'it would make everything 0').optional(),
  /** In the stored unit, after `scale`. */
  offset: finite.optional(),
  flip: z.boolean().optional(),
});

/** How the columns of a source are to be read, by what they hold. */
export const columnReadingsSchema = z.strictObject({
  /** The table's file name, where a folder holds several. */
  table: z.string().min(1).optional(),
  ...(Object.fromEntries(ROLES.map((role) => [role, columnReadingSchema.optional()])) as Record<
    Role,
    z.ZodOptional<typeof columnReadingSchema>
  >),
});

export type ColumnReading = z.infer<typeof columnReadingSchema>;
export type ColumnReadings = z.infer<typeof columnReadingsSchema>;

/** Columns whose values may be scaled, moved and turned round, whatever the format. */
export const ADJUSTABLE = ['steering', 'speed', 'torque', 'throttle', 'brake'] as const;
export type Adjustable = (typeof ADJUSTABLE)[number];

/** Whether a person names columns of a table, so that it is to be read by those names. */
export function namesColumns(readings: ColumnReadings | undefined): boolean {
  return readings !== undefined && ROLES.some((role) => readings[role]?.column !== undefined);
}

/** Readings of several places as one; of two that say the same thing, the later counts. */
export function joinReadings(...all: readonly (ColumnReadings | undefined)[]): ColumnReadings {
  const joined: ColumnReadings = {};
  for (const readings of all) {
    if (readings?.table !== undefined) joined.table = readings.table;
    for (const role of ROLES) {
      if (readings?.[role] !== undefined) joined[role] = { ...joined[role], ...readings[role] };
    }
  }
  return joined;
}

/** Readings over earlier ones; a steering whose sign is turned round twice is as it was. */
export function adjustReadings(before: ColumnReadings, order: ColumnReadings | undefined): ColumnReadings {
  const columns = joinReadings(before, order);
  if (before.steering?.flip !== true || order?.steering?.flip !== true) return columns;
  const { flip: _, ...steering } = columns.steering!;
  const { steering: __, ...others } = columns;
  return Object.keys(steering).length > 0 ? { ...others, steering } : others;
}

/** Readings without scale, offset and turned signs: only which column holds what, and in which unit. */
export function withoutAdjustments(readings: ColumnReadings): ColumnReadings {
  const plain: ColumnReadings = { ...readings };
  for (const role of ADJUSTABLE) {
    const { scale: _scale, offset: _offset, flip: _flip, ...rest } = readings[role] ?? {};
    if (Object.keys(rest).length > 0) plain[role] = rest;
    else delete plain[role];
  }
  return plain;
}

const NAMES = ['table', ...ROLES] as const;
const NEXT = new RegExp(`,(?=\\s*(?:${NAMES.join('|')})\\s*=)`, 'i');
const FORM = 'write it as picture=<column>,time=<column>:ms,steering=<column>:deg:right';

/**
 * Reads how columns are written on a command line: `picture=file,time=stamp:ms,steering=angle:deg:right`. What follows the
 * last colons of a column is its unit and the side that is positive; a column is named by its header, or its number from 1.
 * @throws Refusal `bad-columns`
 */
export function parseColumns(text: string): ColumnReadings {
  const readings: ColumnReadings = {};
  for (const part of text.split(NEXT)) {
    const [, name = part, value = ''] = /^([^=]*)=([\s\S]*)$/.exec(part) ?? [];
    const role = name.trim().toLowerCase();
    const where = `columns ${JSON.stringify(part.trim())}`;
    if (!(NAMES as readonly string[]).includes(role)) {
      const what = `${JSON.stringify(name.trim())} is nothing that a column can be read as`;
      throw new Refusal(
        'bad-columns',
        where,
        what,
        `did you mean ${nearestNames(role, NAMES)[0]}? There are ${NAMES.join(', ')}`,
      );
    }
    if (value.trim() === '') throw new Refusal('bad-columns', where, 'it names no column', FORM);
    if (role === 'table') readings.table = value.trim();
    else readings[role as Role] = parseReading(role as Role, value, where);
  }
  return readings;
}

function parseReading(role: Role, text: string, where: string): ColumnReading {
  const parts = text.split(':').map((part) => part.trim());
  const reading: ColumnReading = {};
  while (parts.length > 1) {
    const last = parts.at(-1)!;
    const unit = unitCalled(last, role);
    if (unit !== undefined && reading.unit === undefined) reading.unit = unit.name;
    else if (role === 'steering' || role === 'torque') {
      if ((last !== 'left' && last !== 'right') || reading.positive !== undefined) break;
      reading.positive = last;
    } else break;
    parts.pop();
  }
  const column = parts.join(':');
  if (column === '') throw new Refusal('bad-columns', where, 'it names no column', FORM);
  // A unit that is not known is more likely than a column with a colon in its name; who has one names it by its number.
  if (parts.length > 1) {
    const units = role in UNITS ? UNITS[role as keyof typeof UNITS].map(({ name }) => name).join(', ') : 'none';
    const sides = role === 'steering' || role === 'torque' ? ', and left or right for the side that is positive' : '';
    const mend = `its units are ${units}${sides}; a column with a colon in its name is named by its number`;
    throw new Refusal('bad-columns', where, `${JSON.stringify(parts.at(-1))} is no unit of ${role}`, mend);
  }
  return { column, ...reading };
}
