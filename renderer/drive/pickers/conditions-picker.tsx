import type { ComponentChildren } from 'preact';
import { PRESET_NAMES, type PresetName, presetConditions } from '../../../sim/conditions/presets.ts';
import { Landscape } from './landscape.tsx';
import styles from './pickers.module.css';
import { PictureCard } from './picture-card.tsx';

interface Look {
  readonly name: string;
  readonly hint: string;
  /** What the picture has beyond light, land and road. */
  readonly over?: ComponentChildren;
  readonly sun?: number;
  readonly land?: string;
  readonly road?: string;
}

const RAIN = <path d="m6 2-2 6M15 5l-2 6M24 1l-2 6M33 5l-2 6M42 2l-2 6M10 13l-2 6M20 14l-2 6M30 14l-2 6M40 13l-2 6" />;
const strokes = (children: ComponentChildren, colour = '#fff') => (
  <g fill="none" stroke={colour} stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round">
    {children}
  </g>
);
const dots = (places: readonly (readonly [number, number, number])[], fill: string, opacity = 1) => (
  <g fill={fill} opacity={opacity}>
    {places.map(([x, y, r]) => (
      <circle key={`${x},${y}`} cx={x} cy={y} r={r} />
    ))}
  </g>
);
const CLOCK = (
  <>
    <circle cx="24" cy="12" r="7" />
    <path d="M24 8v4l3 2" />
  </>
);

/** The picture of each set of conditions. */
const LOOKS: Readonly<Record<PresetName, Look>> = {
  'clear-day': { name: 'Day', hint: 'Dry and clear' },
  overcast: { name: 'Overcast', hint: 'No shadows' },
  dusk: { name: 'Dusk', hint: 'A low sun behind haze' },
  night: { name: 'Night', hint: 'Headlamps, a noisy camera' },
  'low-sun': {
    name: 'Low sun',
    hint: 'The sun blinds the camera',
    sun: 13,
    over: <circle cx="37" cy="13" r="10" fill="#fff8d8" opacity=".6" />,
  },
  fog: { name: 'Fog', hint: 'Sight of 100 m', over: <rect y="6" width="48" height="15" fill="#dfe4e7" opacity=".8" /> },
  rain: { name: 'Rain', hint: 'Wet road, drops on the lens, wind', road: '#4d5a68', over: strokes(RAIN, '#e9f2fb') },
  snow: {
    name: 'Snow',
    hint: 'Little grip',
    land: '#f2f5f7',
    road: '#c3cad0',
    over: dots(
      [
        [7, 5, 1.2],
        [16, 10, 1],
        [25, 4, 1.2],
        [31, 11, 1],
        [43, 8, 1.2],
        [11, 18, 1],
        [40, 19, 1.2],
      ],
      '#fff',
    ),
  },
  leaves: {
    name: 'Leaves',
    hint: 'Leaves on the road',
    over: dots(
      [
        [8, 19, 1.5],
        [14, 23, 1.6],
        [21, 21, 1.4],
        [26, 24, 1.6],
        [33, 20, 1.5],
        [41, 23, 1.6],
        [24, 17, 1],
      ],
      '#c2621c',
    ),
  },
  'rainy-night': { name: 'Rainy night', hint: 'Wet road, headlamps', over: strokes(RAIN, '#9fb4cc') },
  wind: {
    name: 'Wind',
    hint: 'Gusts from the side',
    over: strokes(<path d="M5 7h17q5 0 5-3t-4-2M9 12h25q5 0 5 3t-5 2" />),
  },
  'icy-patches': {
    name: 'Icy patches',
    hint: 'Twelve slippery places a kilometre',
    over: (
      <g fill="#cfeaf7">
        <ellipse cx="22" cy="24" rx="5" ry="1.6" />
        <ellipse cx="26" cy="18.5" rx="2.4" ry="0.9" />
      </g>
    ),
  },
  'slow-loop': { name: 'Slow loop', hint: 'Everything answers late', over: strokes(CLOCK, '#1c2a38') },
  'dirty-lens': {
    name: 'Dirty lens',
    hint: 'A quarter of the lens is dirty',
    over: dots(
      [
        [10, 8, 4],
        [30, 6, 3],
        [38, 19, 5],
        [18, 20, 3.5],
      ],
      '#3a2f22',
      0.6,
    ),
  },
  'noisy-camera': {
    name: 'Noise',
    hint: 'A dark, noisy picture',
    over: (
      <path
        d="M0 3h48M0 9h48M0 15h48M0 21h48"
        stroke="#20262c"
        stroke-width="3"
        stroke-dasharray="1 2 2 3"
        opacity=".5"
      />
    ),
  },
  'blurred-camera': {
    name: 'Blur',
    hint: 'Out of focus',
    over: (
      <g fill="#fff" opacity=".28">
        <path d="M20 15h8l11 12H9z" />
        <circle cx="37" cy="7" r="7" />
        <rect y="12" width="48" height="6" />
      </g>
    ),
  },
  'dropped-frames': {
    name: 'Lost frames',
    hint: 'One frame in five never arrives',
    over: (
      <>
        <rect x="26" width="13" height="27" fill="#0b0e12" />
        {strokes(<path d="m30 11 5 5m0-5-5 5" />)}
      </>
    ),
  },
};

interface ConditionsPickerProps {
  /** Null: conditions of a recording or an episode, that have no name. */
  readonly value: PresetName | null;
  readonly onChange: (preset: PresetName) => void;
}

/** Light, weather, wind, ice and what may be wrong with the camera. */
export function ConditionsPicker({ value, onChange }: ConditionsPickerProps) {
  return (
    <div class={`${styles.lights} ${styles.many}`} role="radiogroup" aria-label="Conditions">
      {value === null && (
        <PictureCard name="As driven" hint="Conditions of the drive that is shown" chosen onChoose={() => undefined}>
          <Landscape light="overcast" />
          {strokes(<path d="M17 12a7 7 0 1 1 2 5m-2 2v-5h5" />, '#1c2a38')}
        </PictureCard>
      )}
      {PRESET_NAMES.map((preset) => {
        const { name, hint, over, ...land } = LOOKS[preset];
        return (
          <PictureCard key={preset} name={name} hint={hint} chosen={preset === value} onChoose={() => onChange(preset)}>
            <Landscape light={presetConditions(preset).light} {...land} />
            {over}
          </PictureCard>
        );
      })}
    </div>
  );
}
