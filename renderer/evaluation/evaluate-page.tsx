import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EvaluationDetails } from '../../datasets/library/contract.ts';
import { listSuites, type Suite } from '../../sim/suites/suites.ts';
import { Button, LinkButton } from '../design/button.tsx';
import { Check, Select } from '../design/field.tsx';
import { Empty, Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { host } from '../host/host.ts';
import { evaluations, models } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { go, route, routeTo } from '../shell/route.ts';
import { tellFailure } from '../shell/toasts.tsx';
import { bestValues, FIGURES } from './comparison.ts';
import styles from './evaluate-page.module.css';
import { cancel, findJobs, jobs, startEvaluation } from './jobs-store.ts';

/** Drive models through suites of roads, and compare how they did. */
export function EvaluatePage() {
  const { item } = route.value;
  return item === null ? <Overview /> : <Report key={item} id={item} />;
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
      <Start />
      <Jobs />
      {list.items.value?.problems.map(({ id, problem }) => (
        <Notice key={id} kind="warning">
          {id}: {problem}
        </Notice>
      ))}
      {list.problem.value && <Notice kind="danger">{list.problem.value}</Notice>}
      {list.items.value !== null && done.length === 0 ? (
        <Empty icon="check" title="No evaluations yet">
          Choose a model and a suite above and press Evaluate. The model drives every road of the suite, and the report
          shows where it did well and where somebody had to help.
        </Empty>
      ) : (
        <Comparison evaluations={done} />
      )}
    </div>
  );
}

function Start() {
  const list = useListing(models);
  const asked = route.value.options.get('model');
  const chosen = useSignal<readonly string[]>(asked === null ? [] : [asked]);
  const suite = useSignal(listSuites()[0]!.name);
  const starting = useSignal(false);
  const known = [...(list.items.value ?? []), { id: 'expert', name: 'Expert, the yardstick' }];
  const start = async () => {
    starting.value = true;
    try {
      for (const model of chosen.value) await startEvaluation(model, suite.value);
      chosen.value = [];
    } catch (error) {
      tellFailure(error);
    } finally {
      starting.value = false;
    }
  };
  const about = listSuites().find(({ name }) => name === suite.value)!;
  return (
    <Panel>
      <div class={styles.form}>
        <Select
          label="Suite"
          value={suite.value}
          options={listSuites().map(({ name, episodes }) => ({
            value: name,
            label: `${name}, ${episodes.length} episodes`,
          }))}
          hint={about.description}
          onChange={(value) => {
            suite.value = value;
          }}
        />
        <fieldset class={styles.models}>
          <legend>Models</legend>
          {known.map(({ id, name }) => (
            <Check
              key={id}
              label={name}
              checked={chosen.value.includes(id)}
              onChange={(checked) => {
                chosen.value = checked ? [...chosen.value, id] : chosen.value.filter((other) => other !== id);
              }}
            />
          ))}
        </fieldset>
        <Button
          kind="primary"
          icon="play"
          iconFilled
          disabled={chosen.value.length === 0 || starting.value}
          onClick={() => void start()}
        >
          Evaluate
        </Button>
      </div>
    </Panel>
  );
}

function Jobs() {
  if (jobs.value.length === 0) return null;
  return (
    <Panel title="Under way">
      {jobs.value.map(({ id, name, state, completed, note, error, pictures }) => (
        <div key={id} class={styles.job}>
          {pictures > 0 ? (
            <img src={host.jobPictureAddress({ id, pictures })} alt={`What the car of ${name} sees`} />
          ) : (
            <span />
          )}
          <span>
            {name} <small>{error?.message ?? note}</small>
          </span>
          {state === 'failed' ? (
            <span>failed</span>
          ) : (
            <div
              class={styles.bar}
              role="progressbar"
              aria-label={name}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round((completed ?? 0) * 100)}
            >
              <div style={{ width: `${((completed ?? 0) * 100).toFixed(1)}%` }} />
            </div>
          )}
          {state !== 'failed' && (
            <Button icon="stop" onClick={() => void cancel(id)}>
              Stop
            </Button>
          )}
        </div>
      ))}
    </Panel>
  );
}

function Comparison({ evaluations: list }: { evaluations: readonly EvaluationDetails[] }) {
  const suites = [...new Set(list.map(({ evaluation }) => evaluation.suite))].sort();
  return (
    <>
      {suites.map((suite) => {
        const rows = list
          .filter(({ evaluation }) => evaluation.suite === suite)
          .toSorted((a, b) => b.evaluation.summary.autonomy - a.evaluation.summary.autonomy);
        const best = bestValues(rows.map(({ evaluation }) => evaluation));
        return (
          <Panel key={suite} title={`Suite ${suite}`}>
            <div class={styles.scroll}>
              <table class={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Evaluation</th>
                    {FIGURES.map(({ name }) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ id, name, evaluation }) => (
                    <tr key={id}>
                      <td>
                        <a href={routeTo('evaluate', id)}>{name}</a>
                      </td>
                      {FIGURES.map((figure, i) => {
                        const value = figure.of(evaluation);
                        return (
                          <td key={figure.name} class={value === best[i] ? styles.best : undefined}>
                            {figure.format(value)}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
        );
      })}
    </>
  );
}

function Report({ id }: { id: string }) {
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

function Episodes({ details }: { details: EvaluationDetails }) {
  const { evaluation } = details;
  const suite = listSuites().find(({ name }) => name === evaluation.suite);
  return (
    <Panel title="Episodes">
      <div class={styles.scroll}>
        <table class={styles.table}>
          <thead>
            <tr>
              {['Road', 'Seed', 'Autonomy', 'Completed', 'Interventions', 'Off the middle', 'Whiteness', ''].map(
                (name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {evaluation.episodes.map((episode, i) => (
              <tr key={`${episode.track}/${episode.seed}`}>
                <td>{episode.track}</td>
                <td>{episode.seed}</td>
                <td>{episode.autonomy.toFixed(1)} %</td>
                <td>{(episode.completed * 100).toFixed(0)} %</td>
                <td>{episode.interventions}</td>
                <td>{episode.lateralRms.toFixed(2)} m</td>
                <td>{episode.whiteness.toFixed(1)} °/s</td>
                <td>
                  <a href={watchAddress(evaluation.model, episode.track, episode.seed, suite, i)}>Watch it drive</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** The Drive page with the same road, light and seed. */
function watchAddress(model: string, track: string, seed: number, suite: Suite | undefined, index: number): string {
  const light = suite?.episodes[index]?.conditions.light ?? 'day';
  const driver = model === 'expert' ? 'expert' : `model:${model}`;
  return routeTo('drive', null, { driver, track, seed: String(seed), light });
}
