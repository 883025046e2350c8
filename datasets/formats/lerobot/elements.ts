import { Refusal } from '../../../sim/refusal.ts';
import type { Conversion } from '../../recording/metadata.ts';
import { elementNames, type Feature, guessElement, type Info, OWN_ELEMENTS } from './info.ts';

const NUMERIC = new Set(['float32', 'float64', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool']);
const BOOKKEEPING = new Set(['timestamp', 'frame_index', 'episode_index', 'index', 'task_index']);
/** Feature that holds the times of a recording that we wrote, which need not be regular. */
export const TIME_FEATURE = 'observation.time';
/** Features that were commanded. */
const ACTION = /^action\b/;
/** What a label is called where it was measured and not commanded. */
const MEASURED: Readonly<Record<string, string>> = { steeringAngle: 'measuredSteeringAngle', speed: 'measuredSpeed' };

/** A column that an element of a feature goes to, times a factor. */
export interface Target {
  readonly column: string;
  readonly factor: number;
}

/** Which columns the elements of the features go to. */
export interface ElementMap {
  /** Features that are numbers, in the order of the set. */
  readonly keys: readonly string[];
  /** By `<feature> <number of the element>`. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  readonly conversions: readonly Conversion[];
  /** How many numbers the set says that a feature has, by feature. */
  readonly counts: ReadonlyMap<string, number>;
  /** What is to be told of it. */
  readonly notes: readonly string[];
}

/** An element that may be a column. */
interface Candidate extends Target {
  readonly place: string;
  readonly field: string;
  /** 0 for what was commanded (`action`), 1 for what does not say, 2 for what was measured (`observation`). */
  readonly role: 0 | 1 | 2;
  /** Whether the name says the column and the unit, as ours do. */
  readonly sure: boolean;
  readonly conversion?: Conversion;
}

/**
 * Which columns each element of each feature goes to. The action is what was commanded, hence the label; the state is a
 * measurement, and a label only where the set has no action of the kind. The order of features in the set does not matter.
 * @param where the features of the set, for the refusal
 * @throws Refusal `no-steering` listing the features when none of them is known to steer
 */
export function mapElements(info: Info, steering: { full: number; ratio: number }, where: string): ElementMap {
  const numeric = Object.entries(info.features).filter(
    ([key, { dtype }]) => NUMERIC.has(dtype) && !BOOKKEEPING.has(key) && key !== TIME_FEATURE,
  );
  const targets = new Map<string, Target[]>();
  const candidates: Candidate[] = [];
  const counts = new Map<string, number>();
  for (const [key, feature] of numeric) {
    const names = elementNames(key, feature);
    counts.set(key, names.length);
    names.forEach((name, k) => {
      const place = `${key} ${k}`;
      const found = candidateFor(key, name, place, steering);
      if (found !== undefined) candidates.push(found);
      targets.set(place, found?.sure ? [] : [{ column: `source.${fieldOf(key, name)}`, factor: 1 }]);
    });
  }
  const conversions = assign(candidates, targets);
  if (![...targets.values()].flat().some(({ column }) => column === 'steeringAngle')) {
    throw unknownSteering(info, where);
  }
  return { keys: numeric.map(([key]) => key), targets, conversions, counts, notes: unnamedAction(numeric, candidates) };
}

/** That a set has an action and none of it is known to steer, so that what was measured is learned. */
function unnamedAction(numeric: readonly [string, Feature][], candidates: readonly Candidate[]): string[] {
  const steering = candidates.filter(({ column }) => column === 'steeringAngle').sort(byTrust);
  const actions = numeric.filter(([key]) => ACTION.test(key));
  if (steering[0]?.role !== 2 || actions.length === 0) return [];
  const listed = actions.map(([key, feature]) => `${key} (${elementNames(key, feature).join(', ')})`).join(', ');
  return [`nothing in ${listed} is known to steer: the label is ${steering[0].field}, which was measured`];
}

function candidateFor(
  key: string,
  name: string,
  place: string,
  steering: { full: number; ratio: number },
): Candidate | undefined {
  const role = ACTION.test(key) ? 0 : /^observation\b/.test(key) ? 2 : 1;
  const own = OWN_ELEMENTS[name];
  const field = fieldOf(key, name);
  if (own !== undefined) return { place, field, role, sure: true, column: own, factor: 1 };
  const guess = guessElement(key, name, steering);
  if (guess === undefined) return undefined;
  const { column, factor, unit, note } = guess;
  const conversion = { column, field, unit, factor, ...(note !== undefined && { note }) };
  return { place, field, role, sure: false, column, factor, conversion };
}

/** Gives each column its best candidate. @returns how those were converted whose unit is not that of the column */
function assign(candidates: readonly Candidate[], targets: ReadonlyMap<string, Target[]>): Conversion[] {
  const conversions: Conversion[] = [];
  const give = (candidate: Candidate, column: string, note?: string): void => {
    targets.get(candidate.place)!.push({ column, factor: candidate.factor });
    const { conversion } = candidate;
    if (conversion === undefined) return;
    const words = [conversion.note, note].filter((text) => text !== undefined).join('; ');
    conversions.push({ ...conversion, column, ...(words !== '' && { note: words }) });
  };
  for (const column of new Set(candidates.map((candidate) => candidate.column))) {
    const best = candidates.filter((candidate) => candidate.column === column).sort(byTrust);
    const label = best[0]!;
    const noAction = label.role === 2 && column in MEASURED ? 'what was measured, since no action gives it' : undefined;
    give(label, column, noAction);
    const measured = MEASURED[column];
    const state = best.find(({ role }) => role === 2);
    if (measured === undefined || state === undefined || candidates.some((one) => one.column === measured)) continue;
    if (state === label) targets.get(state.place)!.push({ column: measured, factor: state.factor });
    else give(state, measured);
  }
  // What has found no column stays as it was stored.
  for (const { place, field } of candidates) {
    const list = targets.get(place)!;
    if (list.length === 0) list.push({ column: `source.${field}`, factor: 1 });
  }
  return conversions;
}

function byTrust(a: Candidate, b: Candidate): number {
  return a.role - b.role || Number(b.sure) - Number(a.sure) || (a.place < b.place ? -1 : 1);
}

const fieldOf = (key: string, name: string) => `${key}.${name}`.replaceAll(/[\s"]/g, '_');

function unknownSteering(info: Info, where: string): Refusal {
  const listed = Object.entries(info.features)
    .filter(([key]) => !BOOKKEEPING.has(key))
    .map(([key, feature]: [string, Feature]) => {
      const names = NUMERIC.has(feature.dtype) ? elementNames(key, feature) : [];
      return names.length === 0 ? key : `${key} (${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''})`;
    });
  return new Refusal(
    'no-steering',
    where,
    `nothing there is known to steer: ${listed.join(', ')}`,
    'name the element that steers steering_wheel_angle_rad, steering_wheel_angle_deg or steering_normalized',
  );
}
