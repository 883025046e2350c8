import type { Command } from '../../../sim/command.ts';

/** Something that went wrong, or a change of hands, with where and when. */
export interface Incident {
  /** `strayed`: put back on the road; `reset`: put back on demand. */
  readonly kind: 'taken' | 'given' | 'strayed' | 'reset';
  /** World time [s]. */
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** How far the car was from the middle of its lane, left positive [m]. */
  readonly lateralError: number;
  /** What the chosen driver asked for at that moment. */
  readonly driverCommand: Command | null;
}

/** The incidents that count as interventions: somebody or something had to help. */
export function interventionsIn(incidents: readonly Incident[]): number {
  return incidents.filter(({ kind }) => kind === 'taken' || kind === 'strayed').length;
}

/** What a person reads of it. */
export const INCIDENT_WORDS: Readonly<Record<Incident['kind'], string>> = {
  taken: 'You took over',
  given: 'You gave back',
  strayed: 'Strayed, put back',
  reset: 'Put back by you',
};

/** What happened from a time on, with the hand-over before it by which a person has the wheel then. */
export function incidentsSince(incidents: readonly Incident[], begin: number): Incident[] {
  const handover = incidents.filter(({ kind, time }) => time < begin && (kind === 'taken' || kind === 'given')).at(-1);
  const since = incidents.filter(({ time }) => time >= begin);
  return handover?.kind === 'taken' ? [handover, ...since] : since;
}
