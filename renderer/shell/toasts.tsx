import { signal } from '@preact/signals';
import { Refusal } from '../../sim/refusal.ts';
import styles from '../app/app.module.css';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';

interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'warning' | 'danger';
  readonly text: string;
}

const toasts = signal<readonly Toast[]>([]);
let next = 0;
/** How long news stay when nobody closes them [ms]; failures stay until they are closed. */
const STAY = 6000;

/** Tells a person something in passing. */
export function tell(text: string, kind: Toast['kind'] = 'info'): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(-3), { id, kind, text }];
  if (kind === 'info') setTimeout(() => close(id), STAY);
}

/** Tells a person what went wrong; a refusal in its own words, anything else as a fault of ours. */
export function tellFailure(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Refusal)) console.error(error);
  tell(error instanceof Refusal ? message : `Something of ours went wrong: ${message}`, 'danger');
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function Toasts() {
  return (
    <div class={styles.toasts} aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={styles.toast}>
          <Notice kind={toast.kind}>{toast.text}</Notice>
          <Button icon="close" kind="quiet" label="Close this message" onClick={() => close(toast.id)} />
        </div>
      ))}
    </div>
  );
}
