import type { Recording } from '../recording/recording.ts';
import type { Inspection } from './inspect.ts';
import { labelFindings } from './label-findings.ts';
import { agreementFindings, pictureFindings } from './picture-findings.ts';
import { timeFindings } from './time-findings.ts';

/** One thing that a person should know about a recording. */
export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string;
  /** `error`: training on it as it is would fail or teach nonsense; `warning`: worth mending; `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Adds a finding. */
export type Add = (severity: Finding['severity'], code: string, message: string, advice: string) => void;
/** What is known of a recording when it is judged. */
export type About = Omit<Inspection, 'findings'>;

export const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The rules: what is worth telling, and what to do about it. */
export function findingsOf(recording: Recording, about: About): Finding[] {
  const findings: Finding[] = [];
  const add: Add = (severity, code, message, advice) => {
    findings.push({ code, severity, message, advice });
  };
  timeFindings(about, recording, add);
  labelFindings(about, add);
  pictureFindings(about, add);
  agreementFindings(about, add);
  const rank = { error: 0, warning: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}
