import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { episodeName } from '../../evaluation/episode-key.ts';
import type { Evaluation } from '../../evaluation/files/evaluation.ts';
import { rescoredNotes } from '../../evaluation/files/todays-scores.ts';
import type { Metric } from '../../evaluation/metrics/metric.ts';
import { METRICS } from '../../evaluation/metrics/registry.ts';
import { metricsIn, scoreText } from '../../evaluation/metrics/scores.ts';
import { DRIVES_FOLDER, decodeDrive, driveFileName } from '../../evaluation/trace/drive-file.ts';
import { unfinishedRoutes } from '../../evaluation/unfinished.ts';
import type { EvaluationDetails } from '../../host-api/contract.ts';
import { Button, LinkButton } from '../design/button.tsx';
import { HeadRow } from '../design/head-row.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { host } from '../host/host.ts';
import { evaluations } from '../host/library.ts';
import { go, routeTo } from '../shell/route.ts';
import { tellFailure } from '../shell/toasts.tsx';
import { columnTitle } from './comparison.ts';
import styles from './evaluate-page.module.css';

/** A failure is watched from so long before it [s]. */
const LEAD = 5;

/** One evaluation: its episodes, what went wrong in them, and its report. */
export function EvaluationView({ id }: { id: string }) {
  const details = useSignal<EvaluationDetails | null>(null);
  const failure = useSignal<string | null>(null);
  useEffect(() => {
    host
      .evaluation(id)
      .then((found) => {
        details.value = found;
      })
      .catch((error) => {
        failure.value = error instanceof Error ? error.message : String(error);
      });
  }, [id, details, failure]);
  const remove = async () => {
    if (!confirm(`Delete the evaluation “${details.value?.name ?? id}”?`)) return;
    try {
      await host.remove('evaluations', id);
      await evaluations.refresh();
      go('evaluate');
    } catch (error) {
      tellFailure(error);
    }
  };
  const found = details.value;
  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <LinkButton kind="quiet" icon="back" href={routeTo('evaluate')}>
          Evaluations
        </LinkButton>
        <h1>{found?.name ?? id}</h1>
        <Button kind="danger" icon="trash" onClick={() => void remove()}>
          Delete
        </Button>
      </header>
      {failure.value && <Notice kind="danger">{failure.value}</Notice>}
      {found && <Episodes details={found} />}
      {found?.hasReport && (
        // Scripts of the report run, but in an origin of its own: it reaches neither the app nor the host.
        <iframe class={styles.report} src={host.reportAddress(id)} title="Report" sandbox="allow-scripts" />
      )}
    </div>
  );
}

/** The metrics that have a column; that of the interventions holds links to them as well. */
const SHOWN: readonly Metric[] = metricsIn('narrow', METRICS);
const COLUMNS = ['Episode', 'Seed', ...SHOWN.map(columnTitle), 'Drive'];

function Episodes({ details: { id, evaluation } }: { details: EvaluationDetails }) {
  const times = useSignal<readonly (readonly number[] | null)[]>([]);
  useEffect(() => {
    interventionTimes(id, evaluation.episodes.length)
      .then((found) => {
        times.value = found;
      })
      .catch(tellFailure);
  }, [id, evaluation, times]);
  return (
    <Panel title="Episodes">
      {remarksOn(evaluation).map((remark) => (
        <Notice key={remark} kind="warning">
          {remark}
        </Notice>
      ))}
      <div class={styles.scroll}>
        <table class={styles.table}>
          <HeadRow names={COLUMNS} />
          <tbody>
            {evaluation.episodes.map((episode, i) => (
              <tr key={i}>
                <td>{episodeName(episode)}</td>
                <td>{episode.seed}</td>
                {SHOWN.map((metric) => (
                  <td key={metric.key} class={metric.key === 'interventions' ? styles.interventions : undefined}>
                    {scoreText(metric, episode)}
                    {metric.key === 'interventions' &&
                      times.value[i]?.map((time) => (
                        <Intervention key={time} time={time} href={watchAddress(id, i, time - LEAD)} />
                      ))}
                  </td>
                ))}
                <td>{times.value[i] ? <a href={watchAddress(id, i, 0)}>Watch</a> : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** What a person must know before reading the table. */
function remarksOn(evaluation: Evaluation): string[] {
  const unfinished = unfinishedRoutes(evaluation.episodes);
  return [...(unfinished === null ? [] : [unfinished]), ...rescoredNotes(evaluation)];
}

function Intervention({ time, href }: { time: number; href: string }) {
  return (
    <a href={href} aria-label={`Watch the intervention at ${time.toFixed(1)} s`}>
      {time.toFixed(1)} s
    </a>
  );
}

/**
 * When the car of each episode was put back [s]; null where its drive was not kept, as in older evaluations, or is not
 * whole.
 */
async function interventionTimes(id: string, episodes: number): Promise<(readonly number[] | null)[]> {
  const files = host.files('evaluations', id);
  const hasDrives = (await files.list()).some(({ name, kind }) => kind === 'folder' && name === DRIVES_FOLDER);
  const kept = hasDrives ? (await files.list(DRIVES_FOLDER)).map(({ name }) => `${DRIVES_FOLDER}/${name}`) : [];
  const names = Array.from({ length: episodes }, (_, i) => driveFileName(i));
  return Promise.all(
    names.map(async (name) => {
      if (!kept.includes(name)) return null;
      try {
        const { trace } = decodeDrive(new TextDecoder().decode(await files.read(name)));
        return trace.interventions.map(({ time }) => time - (trace.columns.time[0] ?? 0));
      } catch {
        return null;
      }
    }),
  );
}

/** The Drive page with that drive on its road, from a time on [s]. */
function watchAddress(id: string, episode: number, from: number): string {
  const start = Math.max(0, from).toFixed(2);
  return routeTo('drive', null, { evaluation: id, episode: String(episode), from: start });
}
