import type { EpisodeProgress } from '../../evaluation/drive/progress.ts';
import type { Job } from '../../host-api/contract.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { host } from '../host/host.ts';
import styles from './evaluate-page.module.css';
import { cancel, jobs } from './jobs-store.ts';

/** Evaluations under way, road by road, with what the car sees. */
export function JobsPanel() {
  if (jobs.value.length === 0) return null;
  return (
    <Panel title="Under way">
      {jobs.value.map((job) =>
        job.state === 'failed' ? <Failed key={job.id} job={job} /> : <Running key={job.id} job={job} />,
      )}
    </Panel>
  );
}

function Failed({ job }: { job: Job }) {
  return (
    <Notice kind="danger">
      <b>{job.name}</b> failed: {job.error?.message}
    </Notice>
  );
}

function Running({ job }: { job: Job }) {
  const { id, name, completed, note, pictures, episodes } = job;
  return (
    <div class={styles.job}>
      {pictures > 0 ? (
        <img src={host.jobPictureAddress({ id, pictures })} alt={`What the car of ${name} sees`} />
      ) : (
        <div class={styles.unseen}>{job.state === 'waiting' ? 'Waits for its turn' : 'No picture yet'}</div>
      )}
      <div class={styles.progress}>
        <div class={styles.jobHead}>
          <b>{name}</b>
          <small>{note}</small>
          <Button icon="stop" onClick={() => void cancel(id)}>
            Stop
          </Button>
        </div>
        <Bar name={name} share={completed ?? 0} />
        {episodes.length > 0 && (
          <ol class={styles.episodes} aria-label={`Roads of ${name}`}>
            {episodes.map((episode, i) => (
              <Episode key={i} episode={episode} />
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

function Episode({ episode: { track, state, completed, interventions } }: { episode: EpisodeProgress }) {
  const words = interventions === 1 ? '1 intervention' : `${interventions} interventions`;
  return (
    <li class={styles[state]}>
      <span>{track}</span>
      <Bar name={track} share={state === 'done' ? 1 : completed} />
      <span>{state === 'waiting' ? 'waiting' : words}</span>
    </li>
  );
}

function Bar({ name, share }: { name: string; share: number }) {
  return (
    <div
      class={styles.bar}
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <div style={{ width: `${(share * 100).toFixed(1)}%` }} />
    </div>
  );
}
