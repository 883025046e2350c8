import type { DriveSetup } from '../session/setup.ts';
import { LIGHTS } from '../session/setup.ts';
import styles from './pickers.module.css';

const NAMES = { day: 'Day', overcast: 'Overcast', dusk: 'Dusk' } as const;
/** Sky, land, road and sun of the little pictures. */
const COLOURS = {
  day: ['#8fc3ee', '#7fae62', '#6d747c', '#fff3c4'],
  overcast: ['#b9c2c9', '#76906a', '#666c73', '#d3d9dd'],
  dusk: ['#e79a6b', '#5d6b4d', '#4a4c57', '#ffdf9e'],
} as const;

interface LightPickerProps {
  readonly value: DriveSetup['light'];
  readonly onChange: (light: DriveSetup['light']) => void;
}

export function LightPicker({ value, onChange }: LightPickerProps) {
  return (
    <div class={styles.lights} role="radiogroup" aria-label="Light">
      {LIGHTS.map((light) => {
        const [sky, land, road, sun] = COLOURS[light];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a picture
          <button
            key={light}
            type="button"
            role="radio"
            aria-checked={light === value}
            class={styles.road}
            onClick={() => onChange(light)}
          >
            <svg viewBox="0 0 48 27" aria-hidden="true">
              <rect width="48" height="27" fill={sky} />
              <circle cx="37" cy={light === 'dusk' ? 14 : 7} r="4" fill={sun} />
              <rect y="15" width="48" height="12" fill={land} />
              <path d="M23 15h2l9 12H14z" fill={road} />
            </svg>
            <span>{NAMES[light]}</span>
          </button>
        );
      })}
    </div>
  );
}
