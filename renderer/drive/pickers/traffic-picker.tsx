import { LIGHT_TRAFFIC, type TrafficSpec } from '../../../sim/traffic/traffic-spec.ts';
import { NO_TRAFFIC } from '../session/setup.ts';
import { Landscape } from './landscape.tsx';
import styles from './pickers.module.css';
import { PictureCard } from './picture-card.tsx';

/** What can be chosen; the rest comes from episodes and recordings. */
const CHOICES: readonly { readonly name: string; readonly hint: string; readonly traffic: TrafficSpec }[] = [
  { name: 'Nobody', hint: 'The road is yours', traffic: NO_TRAFFIC },
  { name: 'One ahead', hint: 'A car to follow', traffic: { ...NO_TRAFFIC, leading: 1 } },
  { name: 'Light', hint: 'A car to follow, some to meet, some parked', traffic: LIGHT_TRAFFIC },
  { name: 'Oncoming', hint: 'Ten cars to meet a kilometre', traffic: { ...NO_TRAFFIC, oncoming: 10 } },
  { name: 'Parked', hint: 'Twenty cars beside the road a kilometre', traffic: { ...NO_TRAFFIC, parked: 20 } },
  { name: 'Busy', hint: 'All of it, and more', traffic: { leading: 3, oncoming: 10, parked: 15 } },
];

interface TrafficPickerProps {
  readonly value: TrafficSpec;
  readonly onChange: (traffic: TrafficSpec) => void;
}

/** Who else is on the road. */
export function TrafficPicker({ value, onChange }: TrafficPickerProps) {
  const chosen = CHOICES.find(({ traffic }) => isSame(traffic, value));
  return (
    <div class={styles.lights} role="radiogroup" aria-label="Traffic">
      {chosen === undefined && (
        <PictureCard name="As driven" hint={inWords(value)} chosen onChoose={() => undefined}>
          <Cars {...value} />
        </PictureCard>
      )}
      {CHOICES.map(({ name, hint, traffic }) => (
        <PictureCard
          key={name}
          name={name}
          hint={hint}
          chosen={isSame(traffic, value)}
          onChoose={() => onChange(traffic)}
        >
          <Cars {...traffic} />
        </PictureCard>
      ))}
    </div>
  );
}

function Cars({ leading, oncoming, parked }: TrafficSpec) {
  return (
    <>
      <Landscape light="day" />
      {parked > 0 && <Car x={40} y={23} size={12} colour="#3d6fb5" />}
      {parked > 4 && <Car x={31.5} y={17.6} size={6} colour="#8b8f96" />}
      {oncoming > 0 && <Car x={18.5} y={22} size={9} colour="#f4f4f2" />}
      {oncoming > 4 && <Car x={22.4} y={17} size={4} colour="#2d8a5b" />}
      {leading > 0 && <Car x={28.5} y={22.5} size={9.5} colour="#c33a2c" />}
      {leading > 1 && <Car x={26} y={17} size={4} colour="#e0b02e" />}
    </>
  );
}

/** @param y where it stands @param size its width */
function Car({ x, y, size, colour }: { x: number; y: number; size: number; colour: string }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 10})`}>
      <path d="M-5 0v-4l1.4-.6L-2.4-8h4.8l1.2 3.4L5-4v4z" fill={colour} stroke="#1b2026" stroke-width=".8" />
      <path d="M-2.4-4.9-1.7-7h3.4l.7 2.1z" fill="#22303c" />
    </g>
  );
}

function isSame(a: TrafficSpec, b: TrafficSpec): boolean {
  return a.leading === b.leading && a.oncoming === b.oncoming && a.parked === b.parked;
}

function inWords({ leading, oncoming, parked }: TrafficSpec): string {
  return `${leading} ahead, ${oncoming} to meet and ${parked} parked a kilometre`;
}
