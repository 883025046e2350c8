import type { Recording } from '../recording/recording.ts';
import { agreementFindings } from './agreement-findings.ts';
import type { About, Add } from './finding-rule.ts';
import type { Finding } from './inspection.ts';
import { labelFindings } from './label-findings.ts';
import { pictureFindings } from './picture-findings.ts';
import { timeFindings } from './time-findings.ts';

/** The rules: what is worth telling, and what to do about it. */
export function findingsOf(recording: Recording, about: About): Finding[] {
  const findings: Finding[] = [];
  const add: Add = (severity, code, message, advice) => {
    findings.push({ code, severity, message, advice });
  };
  timeFindings(about, recording, add);
  labelFindings(about, recording, add);
  pictureFindings(about, recording, add);
  agreementFindings(about, add);
  const rank = { error: 0, warning: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}
