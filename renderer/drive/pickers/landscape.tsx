import type { LightKind } from '../../../sim/conditions/conditions.ts';

/** Sky, land, road and sun of the little pictures. */
const COLOURS = {
  day: ['#8fc3ee', '#7fae62', '#6d747c', '#fff3c4'],
  overcast: ['#b9c2c9', '#76906a', '#666c73', '#d3d9dd'],
  dusk: ['#e79a6b', '#5d6b4d', '#4a4c57', '#ffdf9e'],
  night: ['#141b2d', '#18241c', '#2a2d35', '#e8ecf4'],
} as const satisfies Record<LightKind, readonly string[]>;

interface LandscapeProps {
  readonly light: LightKind;
  /** Height of the sun or the moon in the picture; absent: where the light has it. */
  readonly sun?: number | undefined;
  readonly land?: string | undefined;
  readonly road?: string | undefined;
}

/** A road through land under a sky, 48 by 27. */
export function Landscape({ light, sun, land, road }: LandscapeProps) {
  const [sky, ground, tar, disc] = COLOURS[light];
  return (
    <>
      <rect width="48" height="27" fill={sky} />
      <circle cx="37" cy={sun ?? (light === 'dusk' ? 14 : 7)} r={light === 'night' ? 2.6 : 4} fill={disc} />
      <rect y="15" width="48" height="12" fill={land ?? ground} />
      <path d="M23 15h2l9 12H14z" fill={road ?? tar} />
      {light === 'night' && <path d="M24 16 17 27h14z" fill="#fff1b8" opacity=".55" />}
    </>
  );
}
