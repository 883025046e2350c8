import { useEffect, useMemo, useRef } from 'preact/hooks';
import { BUILT_IN_ROADS } from '../../../sim/track/built-in-roads.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { Button } from '../../design/button.tsx';
import styles from './pickers.module.css';
import { planOf, type RoadPlan } from './road-plan.ts';

/** Roads with names, by id: building one takes some milliseconds, so each is built once. */
const plans = new Map<string, RoadPlan>();

function planFor(id: string): RoadPlan {
  const known = plans.get(id) ?? planOf(openTrack(id));
  plans.set(id, known);
  return known;
}

interface TrackPickerProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** The roads with names as seen from above, and any number of others from a seed. */
export function TrackPicker({ value, onChange }: TrackPickerProps) {
  const named = BUILT_IN_ROADS.some((road) => road.id === value);
  const other = named ? null : value;
  return (
    <>
      <div class={styles.roads} role="radiogroup" aria-label="Road">
        {BUILT_IN_ROADS.map(({ id, name, difficulty }) => (
          <RoadCard
            key={id}
            id={id}
            name={name}
            hint={difficulty < 0.3 ? 'easy' : difficulty < 0.7 ? 'middling' : 'hard'}
            chosen={id === value}
            onChoose={() => onChange(id)}
          />
        ))}
        {other !== null && <RoadCard id={other} name={other} hint="from a seed" chosen onChoose={() => undefined} />}
      </div>
      <Button icon="dice" onClick={() => onChange(`country:${1 + Math.floor(Math.random() * 99_999)}`)}>
        Another road
      </Button>
    </>
  );
}

interface RoadCardProps {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function RoadCard({ id, name, hint, chosen, onChoose }: RoadCardProps) {
  const plan = useMemo(() => planFor(id), [id]);
  const card = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a picture
    <button ref={card} type="button" role="radio" aria-checked={chosen} class={styles.road} onClick={onChoose}>
      <svg viewBox={plan.viewBox} aria-hidden="true">
        <path d={plan.path} fill="none" stroke="currentColor" stroke-width={plan.size / 28} stroke-linejoin="round" />
      </svg>
      <span>{name}</span>
      <small>{hint}</small>
    </button>
  );
}
