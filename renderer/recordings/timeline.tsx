import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { INCIDENT_WORDS as WORDS } from '../drive/session/incidents.ts';
import type { Cut } from './cuts.ts';
import type { Player } from './player.ts';
import styles from './recordings-page.module.css';

const WIDTH = 1000;
const HEIGHT = 100;

/** The steering of the whole recording, with its cuts, the selection and the place that is shown. */
export function Timeline({ player, selection }: { player: Player; selection: Cut | null }) {
  const { steeringAngle } = player.recording.columns;
  const path = useMemo(() => (steeringAngle ? curve(steeringAngle) : ''), [steeringAngle]);
  const x = useComputed(() => ((player.index.value / Math.max(1, player.length - 1)) * WIDTH).toFixed(1));
  const spot = (index: number) => (index / Math.max(1, player.length)) * WIDTH;
  return (
    <div class={styles.timeline}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 ${HEIGHT / 2}h${WIDTH}`} stroke="var(--line)" vector-effect="non-scaling-stroke" />
        <path d={path} fill="none" stroke="var(--driver)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
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

/** Left turns point up. Of every column of the picture its least and greatest value are drawn. */
function curve(angles: Float64Array): string {
  let end = 0.1;
  for (const angle of angles) if (Number.isFinite(angle)) end = Math.max(end, Math.abs(angle));
  const y = (angle: number) => (HEIGHT / 2 - (angle / end) * (HEIGHT / 2 - 4)).toFixed(1);
  const columns = Math.min(WIDTH, angles.length);
  const parts: string[] = [];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column / columns) * angles.length);
    const until = Math.max(from + 1, Math.floor(((column + 1) / columns) * angles.length));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < until; i++) {
      low = Math.min(low, angles[i]!);
      high = Math.max(high, angles[i]!);
    }
    if (!Number.isFinite(low) || !Number.isFinite(high)) continue;
    const x = ((column / columns) * WIDTH).toFixed(1);
    parts.push(`${parts.length === 0 ? 'M' : 'L'}${x} ${y(high)}`);
    if (low !== high) parts.push(`L${x} ${y(low)}`);
  }
  return parts.join('');
}
