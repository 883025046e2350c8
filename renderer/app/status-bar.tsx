import { useSignal } from '@preact/signals';
import { Icon } from '../design/icon.tsx';
import { adapter } from '../gpu/adapter.ts';
import { hostState } from '../host/host-state.ts';
import { type Theme, theme } from '../shell/theme.ts';
import styles from './app.module.css';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** What the app runs on, whether the host answers, and the colours. */
export function StatusBar() {
  const open = useSignal(false);
  const report = adapter.value;
  const tone = report?.state === 'hardware' || report === null ? '' : styles.warn;
  return (
    <footer class={styles.status}>
      {open.value && report && (
        <div class={styles.advice} role="status">
          <strong>{report.name}</strong>
          <p>{report.advice ?? 'Pictures and networks run on the graphics card.'}</p>
          <p>
            {crossOriginIsolated
              ? 'Threads for wasm are available.'
              : 'The page is not isolated, so wasm runs on one thread.'}
          </p>
        </div>
      )}
      <button
        type="button"
        class={tone}
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name={tone ? 'warning' : 'chip'} size={15} />
        {report === null ? 'Looking for a graphics adapter…' : report.name}
        {report?.state === 'software' && ' (software rendering)'}
      </button>
      {hostState.value === 'lost' && (
        <span class={styles.bad} role="alert">
          The host does not answer. Start it again (wheelhouse serve); this page goes on by itself.
        </span>
      )}
      {hostState.value === 'locked' && (
        <span class={styles.bad} role="alert">
          This page has no key to the host any more. Open the address that wheelhouse serve prints.
        </span>
      )}
      <span class={styles.spacer} />
      <button
        type="button"
        onClick={() => {
          theme.value = NEXT_THEME[theme.value];
        }}
      >
        <Icon name={theme.value === 'system' ? 'half' : theme.value === 'light' ? 'sun' : 'moon'} size={15} />
        Colours: {theme.value}
      </button>
    </footer>
  );
}
