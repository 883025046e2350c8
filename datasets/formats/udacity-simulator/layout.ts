import { isUnclearNumber, type NumberReader } from '../../../sim/csv/numbers.ts';
import type { CsvLine, CsvTable } from '../../../sim/csv/read-csv.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { chooseColumns } from '../columns/choose.ts';
import type { Role } from '../columns/roles.ts';
import { isPictureName, lastPart } from '../picture-names.ts';

/** Which column of a log holds what, by position from 0. */
export interface LogLayout {
  /** Fields of each line. */
  readonly width: number;
  /** Names of the columns; empty without a header. */
  readonly header: readonly string[];
  readonly columns: ReadonlyMap<Role, number>;
  /** What is to be told of it. */
  readonly notes: readonly string[];
}

const CAMERA_ROLES = ['picture', 'left', 'right'] as const;
/** What the simulator writes after the pictures, in its order. */
const NUMBER_ROLES = ['steering', 'throttle', 'brake', 'speed'] as const;
/** What the simulator writes. */
const USUAL_WIDTH = 7;

/**
 * Whether a line names columns: nothing in it is a number or a picture, and, where lines came before it, two of its names
 * are known.
 */
export function isHeader({ fields }: CsvLine, number: NumberReader, isFirst: boolean): boolean {
  if (fields.length < 2 || fields.some((field) => !Number.isNaN(number(field)) || isPictureName(field))) return false;
  return isFirst || chooseColumns(fields).found.size > 1;
}

/** Whether a line counts the columns, as a program writes that was told of no header: `0,1,2,3,4,5,6`. */
export function isCount({ fields }: CsvLine): boolean {
  const named = fields[0] === '' ? fields.slice(1) : fields;
  return named.length > 1 && named.every((field, i) => field === String(i));
}

/**
 * The layout that a header tells, in any order and spelling.
 * @param below the lines that follow it
 * @throws Refusal `bad-recording` where it names no picture or no steering, or says what the lines contradict
 */
export function layoutOfHeader(
  { line, fields: header }: CsvLine,
  below: readonly CsvLine[],
  { separator, number }: Pick<CsvTable, 'separator' | 'number'>,
  where: string,
): LogLayout {
  const { found, unclear } = chooseColumns(header);
  const at = `${where}:${line}`;
  for (const role of ['picture', 'steering'] as const) {
    if (found.has(role)) continue;
    const several = unclear.get(role)?.map((place) => header[place]);
    const word = role === 'picture' ? 'the pictures of the centre camera' : 'the steering';
    const what = several
      ? `${several.join(' and ')} may both be ${word}`
      : `the header names no column for ${word}; it has ${header.filter((name) => name !== '').join(', ')}`;
    throw new Refusal('bad-recording', at, what, `say which: --columns picture=<column>,steering=<column>:share:right`);
  }
  const width = widthUnder(header, below, separator, number);
  const lines = below.map((one) => (one.fields.length === width ? one : joinPaths(one, separator)));
  const shift = shiftOf(header, found.get('picture')!, width, lines);
  const picture = found.get('picture')! + shift;
  refuseWrongHeader(header, width - shift, lines, at, picture, number);
  const columns = new Map([...found].map(([role, place]) => [role, place + shift]));
  const beyond = [...columns.values()].filter((place) => place >= width).length;
  for (const [role, place] of columns) if (place >= width) columns.delete(role);
  refuseOtherCamera(header, columns, shift, lines, at);
  const extra = header.filter((_, place) => ![...found.values()].includes(place) && header[place] !== '');
  const notes = [
    ...(beyond > 0
      ? [`the header has ${header.length} columns and the lines ${width}: the last ${beyond} are absent`]
      : []),
    ...(extra.length > 0 ? [`columns that the simulator does not write are passed over: ${extra.join(', ')}`] : []),
  ];
  return { width, header: shift > 0 ? [...Array<string>(shift).fill(''), ...header] : header, columns, notes };
}

/** Fields of the lines below a header; its own number where lines have more because of commas in their paths or numbers. */
function widthUnder(
  header: readonly string[],
  lines: readonly CsvLine[],
  separator: string,
  number: NumberReader,
): number {
  const filled = lines.map(({ line, fields }) => ({
    line,
    fields: fields.slice(0, lastFilled(fields, header.length)),
  }));
  const width = usualWidth(filled) ?? header.length;
  if (width <= header.length) return width;
  const joined = usualWidth(lines.map((line) => joinPaths(line, separator)));
  return joined === header.length || areTorn(lines, number) ? header.length : width;
}

/** Fields of a line up to the last one with content, but no fewer than so many. */
function lastFilled(fields: readonly string[], least: number): number {
  return Math.max(Math.min(least, fields.length), fields.findLastIndex((field) => field !== '') + 1);
}

/** @throws Refusal where lines and header do not fit together */
function refuseWrongHeader(
  header: readonly string[],
  width: number,
  lines: readonly CsvLine[],
  where: string,
  picture: number,
  number: NumberReader,
): void {
  if (width > header.length) {
    const what = `the header has ${header.length} columns and the lines ${width}`;
    throw new Refusal('bad-recording', where, what, 'give the header a name for each column');
  }
  const numbers = lines.filter(({ fields }) => !Number.isNaN(number(fields[picture] ?? '')));
  if (numbers.length <= lines.length / 2) return;
  const what = `the header says that pictures are in column ${picture + 1}, where ${numbers[0]!.fields[picture]} is`;
  throw new Refusal('bad-recording', where, what, 'mend the header');
}

/** Some programs write a column of row numbers in front and do not name it. */
function shiftOf(header: readonly string[], picture: number, width: number, lines: readonly CsvLine[]): number {
  const more = width - header.length;
  if (more <= 0) return 0;
  const pictures = (place: number) => lines.filter(({ fields }) => isPictureName(fields[place] ?? '')).length;
  return pictures(picture + more) > pictures(picture) ? more : 0;
}

/** @throws Refusal where the header calls a column by one camera and the pictures in it are called by another */
function refuseOtherCamera(
  header: readonly string[],
  columns: ReadonlyMap<Role, number>,
  shift: number,
  lines: readonly CsvLine[],
  where: string,
): void {
  for (const role of CAMERA_ROLES) {
    const place = columns.get(role);
    if (place === undefined) continue;
    const cameras = camerasNamed(lines, place);
    const claimed = cameraIn(header[place - shift] ?? '');
    if (claimed === undefined || cameras === undefined || cameras === claimed) continue;
    const what = `the header says ${header[place - shift]}, and its pictures are called ${cameras === 'picture' ? 'center' : cameras}`;
    throw new Refusal('bad-recording', where, what, 'mend the header');
  }
}

/**
 * The layout of a log without a header: the pictures come first, then steering, throttle, brake and speed. Where all
 * pictures are called by their cameras, those names count, not their order.
 * @throws Refusal `bad-recording` where no column names pictures
 */
export function layoutByPosition(lines: readonly CsvLine[], number: NumberReader, where: string): LogLayout {
  const torn = areTorn(lines, number);
  const width = torn ? USUAL_WIDTH : (usualWidth(lines) ?? USUAL_WIDTH);
  const usual = lines.filter(({ fields }) => torn || fields.length === width);
  const most = (place: number, test: (field: string) => boolean) => {
    const filled = usual.filter(({ fields }) => fields[place] !== '');
    return filled.length > 0 && filled.filter(({ fields }) => test(fields[place]!)).length > filled.length / 2;
  };
  const places = Array.from({ length: width }, (_, place) => place);
  const first = places.find((place) => most(place, isPictureName));
  if (first === undefined) {
    const mend = 'give a log of the simulator, or say which column is what: --columns picture=1,steering=4:share:right';
    throw new Refusal('bad-recording', where, 'no column of it names pictures, and it has no header', mend);
  }
  // A number that is not clear is refused in its row, and no other column.
  const isNumeric = (field: string) => !Number.isNaN(number(field)) || isUnclearNumber(field);
  const behind = places.filter((place) => place > places.findLast((other) => most(other, isPictureName))!);
  // In a log of the usual form every column has its place: words in one are bad samples, and move no other column there.
  const fixed = width === USUAL_WIDTH && behind.length === NUMBER_ROLES.length;
  const numeric = fixed ? behind : places.filter((place) => place > first && most(place, isNumeric));
  const end = numeric[0] ?? width;
  // An empty field among the pictures stands for a camera that was left out.
  const pictures = places.filter(
    (p) => p >= first && p < end && (most(p, isPictureName) || usual.every(({ fields }) => fields[p] === '')),
  );
  const columns = new Map<Role, number>();
  const named = pictures.map((place) => camerasNamed(usual, place));
  refuseWithoutCentre(named, where);
  const told = named.includes('picture') && !named.includes(undefined) && new Set(named).size === named.length;
  for (const [k, role] of CAMERA_ROLES.entries()) {
    const place = pictures[k];
    if (place !== undefined) columns.set(told ? named[k]! : role, place);
  }
  for (const [k, role] of NUMBER_ROLES.entries()) {
    const place = numeric[k];
    if (place !== undefined) columns.set(role, place);
  }
  const side = told || named[0] === 'picture' ? undefined : named[0];
  const notes = positionNotes(width, first, numeric.length);
  if (side !== undefined) notes.push(`the pictures are called ${side}, and taken as those of the centre camera`);
  return { width, header: [], columns, notes };
}

/** @throws Refusal where the pictures of several columns are called by their cameras and none is the centre one */
function refuseWithoutCentre(named: readonly (string | undefined)[], where: string): void {
  if (named.length < 2 || named.some((name) => name === undefined || name === 'picture')) return;
  const what = `its pictures are called ${named.join(' and ')}, and none is of the centre camera`;
  const mend = 'say which to learn from: --columns picture=<number of the column>,steering=<number>:share:right';
  throw new Refusal('bad-recording', where, what, mend);
}

function positionNotes(width: number, first: number, numbers: number): string[] {
  const notes: string[] = [];
  if (first > 0) notes.push(`what is before the pictures is passed over (columns: ${first})`);
  const more = numbers - NUMBER_ROLES.length;
  if (more > 0)
    notes.push(`what is behind the speed is passed over, since no header says what it is (columns: ${more})`);
  if (more < 0) {
    const taken = NUMBER_ROLES.slice(0, numbers).join(', ');
    notes.push(
      `it has ${width} columns instead of ${USUAL_WIDTH} and no header: by position they are the pictures, ${taken}`,
    );
  }
  return notes;
}

/** The number of fields that most lines have. */
export function usualWidth(lines: readonly CsvLine[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { fields } of lines) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The camera by which nearly all pictures of a column are called; undefined where they are called otherwise. */
function camerasNamed(lines: readonly CsvLine[], place: number): (typeof CAMERA_ROLES)[number] | undefined {
  const names = lines.flatMap(({ fields }) =>
    isPictureName(fields[place] ?? '') ? [cameraIn(lastPart(fields[place]!))] : [],
  );
  return CAMERA_ROLES.find(
    (role) => names.length > 0 && names.filter((name) => name === role).length > 0.9 * names.length,
  );
}

function cameraIn(name: string): (typeof CAMERA_ROLES)[number] | undefined {
  const word = /^(center|centre|left|right)(?![a-z])/i.exec(name)?.[1]?.toLowerCase();
  return word === undefined ? undefined : word === 'left' || word === 'right' ? word : 'picture';
}

/** Whether the numbers of a log are torn apart by decimal commas: some lines have too many, and none has a point. */
export function areTorn(lines: readonly CsvLine[], number: NumberReader): boolean {
  const numbers = lines.map(({ fields }) => numbersAfterPictures(fields, number));
  return (
    numbers.some((found) => found.length > NUMBER_ROLES.length && found.length <= 2 * NUMBER_ROLES.length) &&
    numbers.every((found) => found.length <= 2 * NUMBER_ROLES.length && !found.some((field) => field.includes('.')))
  );
}

/** The numbers behind the last picture of a line. */
export function numbersAfterPictures(fields: readonly string[], number: NumberReader): string[] {
  return fields.slice(fields.findLastIndex(isPictureName) + 1).filter((field) => !Number.isNaN(number(field)));
}

/** A line whose paths hold separators, as in `C:\me, you\IMG\a.jpg`: each as one field. */
export function joinPaths(line: CsvLine, separator: string): CsvLine {
  const fields: string[] = [];
  let path: string[] = [];
  for (const field of line.fields) {
    if (isPictureName(field)) {
      fields.push([...path, field].join(separator));
      path = [];
    } else if (path.length > 0 || /[\\/]/.test(field)) path.push(field);
    else fields.push(field);
  }
  return { line: line.line, fields: [...fields, ...path] };
}
