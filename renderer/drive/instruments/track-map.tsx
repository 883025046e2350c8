import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Track } from '../../../sim/track/track.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import { planOf } from '../pickers/road-plan.ts';
import type { Incident } from '../session/incidents.ts';

interface TrackMapProps {
  readonly track: Track;
  readonly car: ReadonlySignal<VehicleState>;
  readonly incidents: ReadonlySignal<readonly Incident[]>;
  readonly class?: string | undefined;
}

/** The road from above with the car on it, and a mark wherever somebody had to help. */
export function TrackMap({ track, car, incidents, class: look }: TrackMapProps) {
  const plan = useMemo(() => planOf(track), [track]);
  const unit = plan.size / 100;
  // In whole pixels and degrees, so that the map is painted only when something is to be seen.
  const place = useComputed(() => {
    const { x, y, yaw } = car.value;
    const near = (metres: number) => (Math.round(metres / unit) * unit).toFixed(1);
    const degrees = Math.round((-yaw * 180) / Math.PI / 4) * 4;
    return `translate(${near(x)} ${near(-y)}) rotate(${degrees}) scale(${unit})`;
  });
  return (
    <svg class={look} viewBox={plan.viewBox} role="img" aria-label={`${track.name} from above`}>
      <path d={plan.path} fill="none" stroke="var(--line-strong)" stroke-width={unit * 3} stroke-linejoin="round" />
      {incidents.value.map((incident) =>
        incident.kind === 'given' || incident.kind === 'reset' ? null : (
          <circle
            key={`${incident.kind}${incident.time}`}
            cx={incident.x}
            cy={-incident.y}
            r={unit * 2.6}
            fill={incident.kind === 'taken' ? 'var(--driver)' : 'var(--danger)'}
            stroke="var(--surface)"
            stroke-width={unit * 0.7}
          />
        ),
      )}
      <g transform={place}>
        <path d="M6 0-4-4.4-2 0-4 4.4z" fill="var(--accent)" stroke="var(--surface)" stroke-width="1" />
      </g>
    </svg>
  );
}
