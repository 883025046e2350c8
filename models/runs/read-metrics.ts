import { completeLines } from '../../datasets/storage/lines.ts';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { parseJson, parseOrRefuse } from '../../sim/parse.ts';
import { METRICS_FILE } from './layout.ts';
import { type MetricLine, metricLineSchema } from './metric-lines.ts';
import { OldMetricLines } from './old-metric-lines.ts';

/**
 * The whole lines of a run's metrics, those of earlier versions in today's form.
 * @param from number of the first one wanted, counted from 0
 * @param most lines at once
 * @throws Refusal `bad-metrics` naming a line that is none
 */
export async function readMetrics(
  storage: FileStorage,
  from = 0,
  most = Number.POSITIVE_INFINITY,
): Promise<MetricLine[]> {
  const lines: MetricLine[] = [];
  if (!(await storage.exists(METRICS_FILE))) return lines;
  const old = new OldMetricLines();
  let count = 0;
  for await (const batch of completeLines(storage, METRICS_FILE)) {
    for (const { text, number } of batch) {
      const isWanted = count++ >= from;
      if (!isWanted && old.planned) continue;
      const line = parseLine(old, text, `${storage.name}/${METRICS_FILE}:${number}`);
      if (isWanted) lines.push(line);
      if (lines.length >= most) return lines;
    }
  }
  return lines;
}

/** Cuts the metrics to the bytes that count. @returns how many these are, and whether there is a plan among them */
export async function cutMetrics(
  storage: FileStorage,
  bytes: number,
): Promise<{ readonly bytes: number; readonly isPlanned: boolean }> {
  let isPlanned = false;
  if (!(await storage.exists(METRICS_FILE))) return { bytes: 0, isPlanned };
  const file = await storage.openAppend(METRICS_FILE, { truncateTo: bytes });
  await file.close();
  for await (const batch of completeLines(storage, METRICS_FILE)) {
    isPlanned ||= batch.some(({ text }) => text.startsWith('{"kind":"plan"'));
  }
  return { bytes: Math.min(bytes, file.size), isPlanned };
}

/** Where the last line of an epoch ends [bytes]; 0 when it was not told. @param epoch counted from 1 */
export async function endOfEpoch(storage: FileStorage, epoch: number): Promise<number> {
  let end = 0;
  if (!(await storage.exists(METRICS_FILE))) return end;
  const old = new OldMetricLines();
  for await (const batch of completeLines(storage, METRICS_FILE)) {
    for (const line of batch) {
      const read = parseLine(old, line.text, `${storage.name}/${METRICS_FILE}:${line.number}`);
      if (read.kind === 'epoch' && read.epoch === epoch) end = line.end;
    }
  }
  return end;
}

function parseLine(old: OldMetricLines, text: string, where: string): MetricLine {
  const refused = { code: 'bad-metrics', where, joint: ', ', mend: 'mend or delete this line' };
  return parseOrRefuse(metricLineSchema, old.renewed(parseJson(text, refused)), refused);
}
