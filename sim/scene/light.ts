import { Color, Vector3 } from 'three/webgpu';
import type { Conditions } from '../conditions/conditions.ts';
import { createStream } from '../random/stream.ts';

/** Everything about the light of one episode; colours are linear and scaled so that white paper in the sun is about 0.9. */
export interface Light {
  /** Towards the sun, length 1. */
  readonly sunDirection: Vector3;
  readonly sun: Color;
  /** Light from above and light that the ground throws back. */
  readonly sky: Color;
  readonly bounce: Color;
  /** Colours of the sky at the zenith and the horizon; the fog has that of the horizon. */
  readonly zenith: Color;
  readonly horizon: Color;
  /** Glow around the sun, 0 none. */
  readonly glow: Color;
  /** Share of the sky under cloud, 0 to 1, and the clouds' colour. */
  readonly cloudiness: number;
  readonly cloud: Color;
  /** Distance at which half of the contrast is lost [m]. */
  readonly visibility: number;
  /** Light of the car's headlamps on a wall 10 m ahead. */
  readonly headlamps: Color;
}

type Kind = Omit<Light, 'headlamps'>;

/** Below this elevation the sun's light turns warm [rad]. */
const LOW_SUN = 0.4;
const OFF = new Color(0, 0, 0);

/** The light that these conditions mean; direction and tints vary with the colour seed where nothing else sets them. */
export function lightOf(conditions: Conditions): Light {
  const clear = lowered(withoutFog(conditions), conditions);
  const headlamps = conditions.light === 'night' ? linear(1, 0.93, 0.8, 0.85) : OFF;
  const { fog } = conditions.weather;
  if (fog <= 0) return { ...clear, headlamps };
  // Extinction adds up; half of the contrast is left where the optical depth is ln 2.
  const visibility = 1 / (1 / clear.visibility + fog / Math.LN2);
  // Thick fog hides the sky as well, and scatters the sun's light.
  const hidden = Math.min(1, Math.max(0, 100 * (1 / visibility - 1 / 400)));
  return {
    ...clear,
    headlamps,
    visibility,
    sun: clear.sun.clone().multiplyScalar(1 - 0.85 * hidden),
    zenith: clear.zenith.clone().lerp(clear.horizon, hidden),
    glow: clear.glow.clone().multiplyScalar(1 - hidden),
    cloud: clear.cloud.clone().lerp(clear.horizon, hidden),
  };
}

/** By day, a sun that is set low shines through more air: warmer, and the haze around it too. */
function lowered(kind: Kind, { light, sun: { elevation } }: Conditions): Kind {
  if (light !== 'day' || elevation === null || elevation >= LOW_SUN) return kind;
  const share = Math.min(1, (LOW_SUN - Math.max(0, elevation)) / LOW_SUN) * 0.85;
  return {
    ...kind,
    sun: kind.sun.clone().lerp(linear(1, 0.74, 0.42, 1.9), share),
    horizon: kind.horizon.clone().lerp(linear(1, 0.87, 0.68, 1), share),
    glow: kind.glow.clone().lerp(linear(1, 0.8, 0.5, 1.1), share),
  };
}

function withoutFog(conditions: Conditions): Kind {
  const stream = createStream(conditions.colourSeed, 'scene/light');
  const { sun } = conditions;
  const drawn = stream.uniform(0, 2 * Math.PI);
  const azimuth = sun.azimuth ?? drawn;
  const share = stream.uniform();
  const tint = stream.uniform(-1, 1);
  const cloudiness = stream.uniform();
  const haze = stream.uniform();
  const towards = (lowest: number, highest: number) =>
    direction(azimuth, sun.elevation ?? lowest + (highest - lowest) * share);
  const from = (low: number, high: number, t: number) => low + (high - low) * t;
  switch (conditions.light) {
    case 'day':
      return {
        sunDirection: towards(0.55, 1.05),
        sun: linear(0.98, 0.93, 0.84 + 0.04 * tint, 0.92),
        sky: linear(0.56, 0.67, 0.82, 0.5),
        bounce: linear(0.6, 0.6, 0.5, 0.26),
        zenith: linear(0.2 + 0.05 * tint, 0.42 + 0.04 * tint, 0.76, 1),
        horizon: linear(0.74, 0.83, 0.92, 1),
        glow: linear(1, 0.95, 0.82, 0.5),
        cloudiness: from(0.15, 0.6, cloudiness),
        cloud: linear(0.96, 0.96, 0.97, 1),
        visibility: from(500, 1200, haze),
      };
    case 'dusk':
      return {
        sunDirection: towards(0.07, 0.2),
        sun: linear(1, 0.62 + 0.06 * tint, 0.34, 0.6),
        sky: linear(0.5, 0.52, 0.72, 0.24),
        bounce: linear(0.55, 0.45, 0.42, 0.09),
        zenith: linear(0.17, 0.24, 0.45, 1),
        horizon: linear(0.86, 0.6 + 0.06 * tint, 0.46, 0.85),
        glow: linear(1, 0.55, 0.22, 0.8),
        cloudiness: from(0.2, 0.65, cloudiness),
        cloud: linear(0.74, 0.5, 0.5, 0.8),
        visibility: from(350, 800, haze),
      };
    case 'overcast':
      return {
        sunDirection: towards(0.6, 1),
        sun: linear(0.9, 0.92, 0.95, 0.1),
        sky: linear(0.8, 0.82, 0.86, 0.56),
        bounce: linear(0.55, 0.55, 0.5, 0.2),
        zenith: linear(0.6, 0.64, 0.69, 1),
        horizon: linear(0.8, 0.82, 0.84, 1),
        glow: linear(1, 1, 1, 0.06),
        cloudiness: 1,
        cloud: linear(0.78 + 0.04 * tint, 0.8 + 0.03 * tint, 0.82, 1),
        visibility: from(180, 420, haze),
      };
    case 'night':
      // The moon stands in for the sun; the sky keeps a trace of light, so that the road's edge can be told.
      return {
        sunDirection: towards(0.4, 1),
        sun: linear(0.62, 0.72, 0.92, 0.05),
        sky: linear(0.42, 0.5, 0.72, 0.03),
        bounce: linear(0.4, 0.42, 0.5, 0.01),
        zenith: linear(0.05, 0.07, 0.14, 0.5),
        horizon: linear(0.14, 0.17, 0.25, 0.5),
        glow: linear(0.8, 0.88, 1, 0.05),
        cloudiness: from(0.1, 0.6, cloudiness),
        cloud: linear(0.16, 0.18, 0.24, 0.4),
        visibility: from(350, 800, haze),
      };
  }
}

function direction(azimuth: number, elevation: number): Vector3 {
  const across = Math.cos(elevation);
  return new Vector3(Math.cos(azimuth) * across, Math.sin(azimuth) * across, Math.sin(elevation));
}

/** An sRGB colour, made linear and then scaled. */
function linear(red: number, green: number, blue: number, strength: number): Color {
  return new Color().setRGB(red, green, blue, 'srgb').multiplyScalar(strength);
}
