import type { ComponentChildren } from 'preact';
import styles from './pickers.module.css';

interface PictureCardProps {
  readonly name: string;
  readonly hint?: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  /** Drawn on a grid of 48 by 27. */
  readonly children: ComponentChildren;
}

/** One choice among several, with a picture. */
export function PictureCard({ name, hint, chosen, onChoose, children }: PictureCardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a picture
    <button type="button" role="radio" aria-checked={chosen} class={styles.road} title={hint} onClick={onChoose}>
      <svg viewBox="0 0 48 27" aria-hidden="true">
        {children}
      </svg>
      <span>{name}</span>
    </button>
  );
}
