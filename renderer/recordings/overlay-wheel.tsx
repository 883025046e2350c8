interface OverlayWheelProps {
  /** Left positive [rad]; NaN where nothing was recorded. */
  readonly angle: { readonly value: number };
  /** Name of a colour of the design. */
  readonly colour: 'driver' | 'model';
  readonly name: string;
}

/** A steering wheel over the picture, turned as somebody turned it. */
export function OverlayWheel({ angle, colour, name }: OverlayWheelProps) {
  const known = Number.isFinite(angle.value);
  const degrees = known ? (-angle.value * 180) / Math.PI : 0;
  return (
    <div>
      <svg viewBox="0 0 100 100" role="img" aria-label={`${name} steering`} opacity={known ? 1 : 0.3}>
        <g transform={`rotate(${degrees.toFixed(1)} 50 50)`} stroke={`var(--${colour})`} fill="none">
          <circle cx="50" cy="50" r="42" stroke-width="8" />
          <path d="M10 47h28M90 47H62M50 62v28" stroke-width="8" stroke-linecap="round" />
          <circle cx="50" cy="50" r="12" fill={`var(--${colour})`} />
          <path d="M50 3.5v11" stroke="var(--text)" stroke-width="6" />
        </g>
      </svg>
      {name}
      <br />
      <span class="numbers">{known ? `${Math.round(-degrees) || 0}°` : '–'}</span>
    </div>
  );
}
