import type { ComponentType } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../design/icon.tsx';
import { DropZone } from '../dropping/drop-zone.tsx';
import { probeAdapter } from '../gpu/adapter.ts';
import { GuideBar } from '../guide/guide-bar.tsx';
import { HomePage } from '../home/home-page.tsx';
import { watchHost } from '../host/host-state.ts';
import { PAGES, type PageName, route, routeTo } from '../shell/route.ts';
import { Toasts } from '../shell/toasts.tsx';
import styles from './app.module.css';
import icon from './icon.svg';
import { StatusBar } from './status-bar.tsx';
import '../shell/theme.ts';

const NAMES: Readonly<Record<PageName, { title: string; icon: IconName }>> = {
  home: { title: 'Home', icon: 'home' },
  drive: { title: 'Drive', icon: 'wheel' },
  recordings: { title: 'Recordings', icon: 'film' },
  train: { title: 'Train', icon: 'learn' },
  evaluate: { title: 'Evaluate', icon: 'check' },
};

/** Pages are loaded when they are first opened: the drawing library alone is larger than all the rest. */
const VIEWS: Readonly<Record<PageName, ComponentType>> = {
  home: HomePage,
  drive: lazy(() => import('../drive/drive-page.tsx').then((file) => file.DrivePage)),
  recordings: lazy(() => import('../recordings/recordings-page.tsx').then((file) => file.RecordingsPage)),
  train: lazy(() => import('../training/train-page.tsx').then((file) => file.TrainPage)),
  evaluate: lazy(() => import('../evaluation/evaluate-page.tsx').then((file) => file.EvaluatePage)),
};

export function App() {
  const main = useRef<HTMLElement>(null);
  const { page } = route.value;
  useEffect(() => {
    void probeAdapter();
    const stop = new AbortController();
    void watchHost(stop.signal);
    // Loaded late: the first page should not wait for what training needs.
    void import('../training/run/runs-store.ts').then(({ continueLostRuns }) => continueLostRuns());
    return () => stop.abort();
  }, []);
  useEffect(() => {
    document.title = page === 'home' ? 'Wheelhouse' : `${NAMES[page].title} – Wheelhouse`;
    main.current?.scrollTo(0, 0);
  }, [page]);
  const View = VIEWS[page];
  return (
    <div class={styles.frame}>
      <button type="button" class={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <nav class={styles.rail} aria-label="Pages">
        <img class={styles.logo} src={icon} alt="Wheelhouse" />
        {PAGES.map((name) => (
          <a key={name} href={routeTo(name)} aria-current={name === page ? 'page' : undefined}>
            <Icon name={NAMES[name].icon} size={24} />
            {NAMES[name].title}
          </a>
        ))}
      </nav>
      <main id="main" class={styles.main} ref={main} tabIndex={-1}>
        <GuideBar />
        <Suspense fallback={<p class="visually-hidden">Opening the page…</p>}>
          <View />
        </Suspense>
      </main>
      <StatusBar />
      <Toasts />
      <DropZone />
    </div>
  );
}
