import { useEffect } from 'preact/hooks';
import { Empty, Notice } from '../design/notice.tsx';
import { evaluations } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { route } from '../shell/route.ts';
import { ComparisonTables } from './comparison-tables.tsx';
import styles from './evaluate-page.module.css';
import { EvaluationView } from './evaluation-view.tsx';
import { JobsPanel } from './jobs-panel.tsx';
import { findJobs, jobs } from './jobs-store.ts';
import { StartPanel } from './start-panel.tsx';

/** Drive models through suites of roads, and compare how they did. */
export function EvaluatePage() {
  const { item } = route.value;
  return item === null ? <Overview /> : <EvaluationView key={item} id={item} />;
}

function Overview() {
  const list = useListing(evaluations);
  useEffect(() => void findJobs(), []);
  const done = list.items.value?.evaluations ?? [];
  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <h1>Evaluate</h1>
      </header>
      <StartPanel />
      <JobsPanel />
      {list.items.value?.problems.map(({ id, problem }) => (
        <Notice key={id} kind="warning">
          {id}: {problem}
        </Notice>
      ))}
      {list.problem.value && <Notice kind="danger">{list.problem.value}</Notice>}
      {list.items.value !== null && done.length === 0 && jobs.value.length === 0 ? (
        <Empty icon="check" title="No evaluations yet">
          Choose models and suites above and press Evaluate. Each model drives every road of each suite, and the report
          shows where it did well and where somebody had to help.
        </Empty>
      ) : (
        <ComparisonTables evaluations={done} />
      )}
    </div>
  );
}
