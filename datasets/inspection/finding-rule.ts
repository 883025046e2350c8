import type { Finding, Inspection } from './inspection.ts';

/** Adds a finding. */
export type Add = (severity: Finding['severity'], code: string, message: string, advice: string) => void;
/** What is known of a recording when it is judged. */
export type About = Omit<Inspection, 'findings'>;

export const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
