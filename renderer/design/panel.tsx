import type { ComponentChildren } from 'preact';
import styles from './panel.module.css';

interface PanelProps {
  readonly title?: string;
  /** Stands at the right of the title. */
  readonly aside?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly class?: string | undefined;
}

/** A titled box. */
export function Panel({ title, aside, children, class: more }: PanelProps) {
  return (
    <section class={`${styles.panel} ${more ?? ''}`} aria-label={title}>
      {(title !== undefined || aside !== undefined) && (
        <div class={styles.head}>
          {title !== undefined ? <h2>{title}</h2> : <span />}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
