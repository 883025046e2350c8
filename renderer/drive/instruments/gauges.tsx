import { type ReadonlySignal, useComputed } from '@preact/signals';
import styles from './gauges.module.css';

const DEGREES = 180 / Math.PI;

/** A steering wheel that turns as the car's does. @param angle left positive [rad] */
export function WheelGauge({ angle, charge }: { angle: ReadonlySignal<number>; charge: ReadonlySignal<string> }) {
  const turn = useComputed(() => `transform: rotate(${(-angle.value * DEGREES).toFixed(1)}deg)`);
  const words = useComputed(() => `${Math.round(angle.value * DEGREES) || 0}°`);
  const colour = useComputed(() => `var(--${charge.value === 'person' ? 'driver' : 'model'})`);
  return (
    <div class={styles.wheel}>
      <div class={styles.moving} style={turn}>
        <svg viewBox="0 0 100 100" role="img" aria-label="Steering wheel">
          <circle cx="50" cy="50" r="42" fill="none" stroke="var(--text)" stroke-width="8" />
          <path
            d="M10 47h28M90 47H62M50 62v28"
            stroke="var(--text)"
            stroke-width="8"
            stroke-linecap="round"
            fill="none"
          />
          <circle cx="50" cy="50" r="12" fill={colour} />
          <path d="M50 3.5v10" stroke="light-dark(#d97706, #ffb83d)" stroke-width="6" />
        </svg>
      </div>
      <span class={`numbers ${styles.moving}`}>{words}</span>
    </div>
  );
}

/** Greatest speed on the dial [m/s]: 130 km/h. */
const DIAL = 36;
const LOW = -130;
const HIGH = 130;

/** A speedometer in km/h. @param speed [m/s]; @param limit speed limit [m/s], or null */
export function SpeedGauge({ speed, limit }: { speed: ReadonlySignal<number>; limit: number | null }) {
  const needle = useComputed(() => `transform: rotate(${dial(speed.value).toFixed(1)}deg)`);
  const words = useComputed(() => `${Math.round(Math.abs(speed.value) * 3.6)}`);
  const ticks = Array.from({ length: 14 }, (_, i) => dial((i * 10) / 3.6));
  return (
    <div class={styles.speed}>
      <svg viewBox="0 0 100 92" role="img" aria-label="Speed">
        {ticks.map((angle, i) => (
          <path
            key={angle}
            d={i % 2 === 0 ? 'M50 5v9' : 'M50 5v5'}
            stroke="var(--line-strong)"
            stroke-width={i % 2 === 0 ? 2.4 : 1.6}
            transform={`rotate(${angle.toFixed(1)} 50 50)`}
          />
        ))}
        {limit !== null && (
          <path d="M47 1h6l-3 7z" fill="var(--danger)" transform={`rotate(${dial(limit).toFixed(1)} 50 50)`} />
        )}
        <text x="50" y="77" text-anchor="middle" class={styles.unit}>
          km/h
        </text>
      </svg>
      <div class={`${styles.needle} ${styles.moving}`} style={needle}>
        <svg viewBox="0 0 100 92" aria-hidden="true">
          <path d="M50 12v17" stroke="var(--accent)" stroke-width="3.6" stroke-linecap="round" />
        </svg>
      </div>
      <strong class={`numbers ${styles.number} ${styles.moving}`}>{words}</strong>
    </div>
  );
}

function dial(speed: number): number {
  const share = Math.max(0, Math.min(1, Math.abs(speed) / DIAL));
  return LOW + (HIGH - LOW) * share;
}
