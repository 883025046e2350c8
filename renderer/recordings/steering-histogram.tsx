import { useMemo } from 'preact/hooks';
import styles from './recordings-page.module.css';

const BINS = 41;

/** How often which steering angle occurs. Bars are drawn on a root scale, or the straights would hide the bends. */
export function SteeringHistogram({ angles }: { angles: Float64Array }) {
  const { counts, end } = useMemo(() => countAngles(angles), [angles]);
  const most = Math.max(1, ...counts);
  return (
    <div>
      <svg
        class={styles.histogram}
        viewBox={`0 0 ${BINS} 20`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Steering angles"
      >
        {counts.map((count, i) => {
          const height = 19.5 * Math.sqrt(count / most);
          // Left is positive and lies left.
          const x = BINS - 1 - i;
          return <rect key={i} x={x + 0.08} y={20 - height} width={0.84} height={height} fill="var(--driver)" />;
        })}
      </svg>
      <div class={styles.axis}>
        <span>{degrees(end)} left</span>
        <span>0°</span>
        <span>{degrees(end)} right</span>
      </div>
    </div>
  );
}

function countAngles(angles: Float64Array): { counts: number[]; end: number } {
  const known = angles.filter(Number.isFinite).map(Math.abs).sort();
  // Outliers must not squeeze all the rest into the middle.
  const end = Math.max(0.05, known[Math.floor(0.995 * (known.length - 1))] ?? 0);
  const counts = new Array<number>(BINS).fill(0);
  for (const angle of angles) {
    if (!Number.isFinite(angle)) continue;
    const share = Math.max(-1, Math.min(1, angle / end));
    counts[Math.round(((share + 1) / 2) * (BINS - 1))]!++;
  }
  return { counts, end };
}

function degrees(angle: number): string {
  return `${Math.round((angle * 180) / Math.PI)}°`;
}
