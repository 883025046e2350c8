import { type ReadonlySignal, useComputed } from '@preact/signals';
import { MARK_NAMES, Mark, type MarkKind } from './marks.tsx';
import styles from './scale.module.css';

interface ScaleProps {
  readonly name: string;
  /** Ends of the scale. With `mirrored` the left end is positive, as left is on the road. */
  readonly low: number;
  readonly high: number;
  readonly mirrored?: boolean;
  /** Value of each mark; null hides it. */
  readonly marks: Readonly<Partial<Record<MarkKind, ReadonlySignal<number | null>>>>;
  /** The number beside the scale. */
  readonly format: (value: number) => string;
  /** Whose number stands beside it. */
  readonly shown: MarkKind;
}

const ORDER: readonly MarkKind[] = ['car', 'expert', 'driver', 'person'];

/** Several values of one kind on one line: the car's, the person's, the model's and the expert's. */
export function Scale({ name, low, high, mirrored = false, marks, format, shown }: ScaleProps) {
  const words = useComputed(() => {
    const value = marks[shown]?.value;
    return value === null || value === undefined ? '–' : format(value);
  });
  const zero = low < 0 ? 50 : 0;
  return (
    <div class={styles.scale}>
      <span class={styles.name}>{name}</span>
      <div class={styles.bar}>
        <div class={styles.track} />
        <div class={styles.zero} style={{ left: `${zero}%` }} />
        {ORDER.map((kind) => {
          const value = marks[kind];
          return value && <Position key={kind} kind={kind} value={value} low={low} high={high} mirrored={mirrored} />;
        })}
      </div>
      <span class={styles.value}>{words}</span>
    </div>
  );
}

interface PositionProps {
  readonly kind: MarkKind;
  readonly value: ReadonlySignal<number | null>;
  readonly low: number;
  readonly high: number;
  readonly mirrored: boolean;
}

function Position({ kind, value, low, high, mirrored }: PositionProps) {
  const style = useComputed(() => {
    const now = value.value;
    if (now === null) return 'visibility: hidden';
    const share = Math.max(0, Math.min(1, (now - low) / (high - low)));
    return `transform: translateX(${((mirrored ? 1 - share : share) * 100).toFixed(2)}cqw)`;
  });
  return (
    <div class={styles.mark} style={style} title={MARK_NAMES[kind]}>
      <Mark kind={kind} />
    </div>
  );
}

/** Which shape is whose. */
export function Legend({ kinds }: { kinds: readonly { kind: MarkKind; name?: string | undefined }[] }) {
  return (
    <div class={styles.legend}>
      {kinds.map(({ kind, name }) => (
        <span key={kind}>
          <Mark kind={kind} />
          {name ?? MARK_NAMES[kind]}
        </span>
      ))}
    </div>
  );
}
