import type { ComponentChildren } from 'preact';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface Look {
  readonly kind?: 'primary' | 'danger' | 'quiet' | undefined;
  readonly size?: 'large' | undefined;
  readonly icon?: IconName | undefined;
  readonly iconFilled?: boolean | undefined;
  readonly children?: ComponentChildren;
}

interface ButtonProps extends Look {
  readonly onClick: () => void;
  readonly disabled?: boolean | undefined;
  /** Makes it a toggle. */
  readonly pressed?: boolean | undefined;
  /** What it does, when there are no words in it; also its tooltip. */
  readonly label?: string | undefined;
  readonly id?: string | undefined;
}

export function Button(props: ButtonProps) {
  return (
    <button
      type="button"
      id={props.id}
      class={look(props)}
      onClick={props.onClick}
      disabled={props.disabled}
      aria-pressed={props.pressed}
      aria-label={props.label}
      title={props.label}
    >
      {props.icon && <Icon name={props.icon} size={18} filled={props.iconFilled ?? false} />}
      {props.children}
    </button>
  );
}

/** Looks like a button and leads to another page. */
export function LinkButton(props: Look & { readonly href: string }) {
  return (
    <a class={look(props)} href={props.href}>
      {props.icon && <Icon name={props.icon} size={18} filled={props.iconFilled ?? false} />}
      {props.children}
    </a>
  );
}

function look({ kind, size, children }: Look): string {
  return [styles.button, kind && styles[kind], size && styles[size], children === undefined && styles.iconOnly]
    .filter(Boolean)
    .join(' ');
}
