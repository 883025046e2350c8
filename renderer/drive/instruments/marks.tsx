/** Who a mark on a scale belongs to. Colour and shape both tell, so that neither is needed alone. */
export type MarkKind = 'car' | 'person' | 'driver' | 'expert';

export const MARK_NAMES: Readonly<Record<MarkKind, string>> = {
  car: 'Car',
  person: 'You',
  driver: 'Model',
  expert: 'Expert',
};

/** The shape of a mark on a grid of 16 by 24, its point at the middle. */
export function Mark({ kind }: { kind: MarkKind }) {
  return (
    <svg viewBox="0 0 16 24" aria-hidden="true">
      {kind === 'car' && <path d="M8 4v16" stroke="var(--text)" stroke-width="3.4" stroke-linecap="round" />}
      {kind === 'person' && <path d="M8 1 13.5 8h-11z" fill="var(--driver)" />}
      {kind === 'driver' && <circle cx="8" cy="12" r="4.6" fill="var(--model)" stroke="var(--surface)" />}
      {kind === 'expert' && <path d="M8 23 2.5 16h11z" fill="var(--expert)" />}
    </svg>
  );
}
