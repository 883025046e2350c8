import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Cut } from '../../datasets/recording/edits.ts';
import { INCIDENT_WORDS as WORDS } from '../drive/session/incidents.ts';
import type { Player } from './player.ts';
import styles from './recordings-page.module.css';

const WIDTH = 1000;
const HEIGHT = 100;

/** The steering of the whole recording, with its cuts, the selection and the place that is shown. */
export function Timeline({ player, selection }: { player: Player; selection: Cut | null }) {
  const { steeringAngle } = player.recording.columns;
  const end = useMemo(() => (steeringAngle ? largest(steeringAngle) : 1), [steeringAngle]);
  const path = useMemo(() => (steeringAngle ? curve(steeringAngle, end) : ''), [steeringAngle, end]);
  const predictions = player.predictions.value;
  const predicted = useMemo(() => (predictions ? curve(predictions, end) : ''), [predictions, end]);
  const x = useComputed(() => ((player.index.value / Math.max(1, player.length - 1)) * WIDTH).toFixed(1));
  const spot = (index: number) => (index / Math.max(1, player.length)) * WIDTH;
  return (
    <div class={styles.timeline}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 ${HEIGHT / 2}h${WIDTH}`} stroke="var(--line)" vector-effect="non-scaling-stroke" />
        <path d={path} fill="none" stroke="var(--driver)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
        <path d={predicted} fill="none" stroke="var(--model)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
        {player.cuts.value.map(({ start, end }) => (
          <rect
            key={start}
            x={spot(start)}
            width={Math.max(1, spot(end) - spot(start))}
            height={HEIGHT}
            fill="var(--danger)"
            fill-opacity="0.28"
          />
        ))}
        {player.incidents.value.map(({ kind, time }) => (
          <line
            key={`${kind}${time}`}
            x1={spot(indexAt(player.recording.columns.time, time))}
            x2={spot(indexAt(player.recording.columns.time, time))}
            y1="0"
            y2={HEIGHT}
            stroke="var(--warning)"
            stroke-width="2"
            stroke-dasharray="4 3"
            vector-effect="non-scaling-stroke"
          >
            <title>{`${WORDS[kind]} at ${time.toFixed(1)} s`}</title>
          </line>
        ))}
        {selection && (
          <rect
            x={spot(selection.start)}
            width={Math.max(1, spot(selection.end) - spot(selection.start))}
            height={HEIGHT}
            fill="var(--accent)"
            fill-opacity="0.25"
          />
        )}
        <line
          x1={x}
          x2={x}
          y1="0"
          y2={HEIGHT}
          stroke="var(--text)"
          stroke-width="2"
          vector-effect="non-scaling-stroke"
        />
      </svg>
    </div>
  );
}

/** The first sample that is not before `time`. */
function indexAt(times: Float64Array, time: number): number {
  const index = times.findIndex((one) => one >= time);
  return index < 0 ? times.length : index;
}

/** The largest angle in either direction, at least 0.1 rad. */
function largest(angles: Float64Array): number {
  return angles.reduce((most, angle) => (Number.isFinite(angle) ? Math.max(most, Math.abs(angle)) : most), 0.1);
}

/** Left turns point up; where nothing is known the curve is broken. Of every column of the picture its least and greatest value are drawn. */
function curve(angles: Float64Array, end: number): string {
  const y = (angle: number) => {
    const share = Math.max(-1, Math.min(1, angle / end));
    return (HEIGHT / 2 - share * (HEIGHT / 2 - 4)).toFixed(1);
  };
  const columns = Math.min(WIDTH, angles.length);
  const parts: string[] = [];
  let isBroken = true;
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column / columns) * angles.length);
    const until = Math.max(from + 1, Math.floor(((column + 1) / columns) * angles.length));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < until; i++) {
      if (!Number.isFinite(angles[i]!)) continue;
      low = Math.min(low, angles[i]!);
      high = Math.max(high, angles[i]!);
    }
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      isBroken = true;
      continue;
    }
    const x = ((column / columns) * WIDTH).toFixed(1);
    parts.push(`${isBroken ? 'M' : 'L'}${x} ${y(high)}`);
    isBroken = false;
    if (low !== high) parts.push(`L${x} ${y(low)}`);
  }
  return parts.join('');
}
