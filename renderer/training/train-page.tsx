import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LinkButton } from '../design/button.tsx';
import { Panel } from '../design/panel.tsx';
import { runs } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { route, routeTo } from '../shell/route.ts';
import { tellFailure } from '../shell/toasts.tsx';
import type { RunView } from './run/active-run.ts';
import { activeRuns, openRun } from './run/runs-store.ts';
import styles from './train-page.module.css';
import { NewRun } from './view/new-run/new-run.tsx';
import { RunPanel } from './view/run-panel.tsx';

const STATUS_WORDS = {
  running: 'under way',
  paused: 'paused',
  stopped: 'stopped',
  finished: 'finished',
  failed: 'failed',
} as const;

/** Train a network, and watch it learn. */
export function TrainPage() {
  const list = useListing(runs);
  const open = useSignal<RunView | null>(null);
  const beside = useSignal<readonly RunView[]>([]);
  const { item } = route.value;
  useEffect(() => {
    open.value = null;
    if (item === null) return;
    openRun(item)
      .then((view) => {
        if (route.value.item === item) open.value = view;
      })
      .catch(tellFailure);
  }, [item, open]);

  const toggle = async (id: string) => {
    if (beside.value.some((view) => view.id === id)) {
      beside.value = beside.value.filter((view) => view.id !== id);
      return;
    }
    try {
      beside.value = [...beside.value, await openRun(id)];
    } catch (error) {
      tellFailure(error);
    }
  };

  const live = new Map(activeRuns.value.map((view) => [view.id, view.phase.value]));
  const known = (list.items.value ?? []).toSorted((a, b) => b.begun.localeCompare(a.begun));
  return (
    <div class={styles.page}>
      <aside class={styles.list} aria-label="Training runs">
        <LinkButton href={routeTo('train')} kind={item === null ? 'primary' : undefined} icon="learn">
          New run
        </LinkButton>
        {known.length > 0 && (
          <Panel title="Runs">
            <ul class={styles.runs}>
              {known.map(({ id, name, status, held }) => (
                <li key={id} class={styles.run}>
                  {item !== null && id !== item && (
                    <input
                      type="checkbox"
                      aria-label={`Lay ${name} over the curves`}
                      title="Lay it over the curves"
                      checked={beside.value.some((view) => view.id === id)}
                      onChange={() => void toggle(id)}
                    />
                  )}
                  <a href={routeTo('train', id)} aria-current={id === item ? 'page' : undefined}>
                    <span>{name}</span>
                    <small>
                      {live.get(id) ??
                        (status === 'running' && (held === null || held.isGone) ? 'interrupted' : STATUS_WORDS[status])}
                    </small>
                  </a>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </aside>
      <div class={styles.main}>
        {item === null ? (
          // Another choice of recordings in the address is another form.
          <NewRun key={route.value.options.toString()} />
        ) : (
          open.value && (
            <RunPanel key={item} run={open.value} beside={beside.value.filter((view) => view.id !== item)} />
          )
        )}
      </div>
    </div>
  );
}
