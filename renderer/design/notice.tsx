import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

interface NoticeProps {
  readonly kind?: 'info' | 'warning' | 'danger';
  readonly children: ComponentChildren;
}

/** Something a person should know, with what to do about it. */
export function Notice({ kind = 'info', children }: NoticeProps) {
  return (
    <div
      class={`${styles.notice} ${kind === 'info' ? '' : styles[kind]}`}
      role={kind === 'danger' ? 'alert' : 'status'}
    >
      <Icon name={kind === 'info' ? 'info' : 'warning'} size={18} />
      <div class={styles.body}>{children}</div>
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do so that something is here. */
  readonly children: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** What stands where nothing is yet. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div class={styles.empty}>
      <Icon name={icon} size={34} />
      <h2>{title}</h2>
      <p>{children}</p>
      {actions && <div class={styles.actions}>{actions}</div>}
    </div>
  );
}
