import { type PairedEpisode, pairEpisodes } from '../../evaluation/compare/pair-episodes.ts';
import { episodeName } from '../../evaluation/episode-key.ts';
import type { EpisodeResult } from '../../evaluation/files/evaluation.ts';
import { percent } from '../../evaluation/numbers.ts';
import type { EvaluationDetails } from '../../host-api/contract.ts';
import { HeadRow } from '../design/head-row.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { routeTo } from '../shell/route.ts';
import { bestValues, figuresOf } from './comparison.ts';
import styles from './evaluate-page.module.css';
import { verdictLines } from './verdict.ts';

const FIGURES = figuresOf();

/** Evaluations side by side, those of one suite in one table, the best first. */
export function ComparisonTables({ evaluations: list }: { evaluations: readonly EvaluationDetails[] }) {
  const suites = [...new Set(list.map(({ evaluation }) => evaluation.suite))].sort();
  return (
    <>
      {suites.map((suite) => {
        const rows = list
          .filter(({ evaluation }) => evaluation.suite === suite)
          .toSorted((a, b) => b.evaluation.summary.autonomy - a.evaluation.summary.autonomy);
        return (
          <Panel key={suite} title={`Suite ${suite}`}>
            <Totals rows={rows} />
            {rows.length > 1 && <VerdictOnBest rows={rows} />}
            <details class={styles.roads}>
              <summary>Road by road</summary>
              <Roads rows={rows} />
            </details>
          </Panel>
        );
      })}
    </>
  );
}

/** The best two of a table, as `wheelhouse compare` judges them. */
function VerdictOnBest({ rows: [first, second] }: { rows: readonly EvaluationDetails[] }) {
  const [verdict, ...remarks] = verdictLines(first!, second!);
  return (
    <Notice>
      {verdict}
      {remarks.length > 0 && (
        <ul class={styles.remarks}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Totals({ rows }: { rows: readonly EvaluationDetails[] }) {
  const best = bestValues(
    rows.map(({ evaluation }) => evaluation),
    FIGURES,
  );
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <HeadRow names={['Evaluation', ...FIGURES.map(({ name }) => name)]} />
        <tbody>
          {rows.map(({ id, name, evaluation }) => (
            <tr key={id}>
              <td>
                <a href={routeTo('evaluate', id)}>{name}</a>
              </td>
              {FIGURES.map((figure, i) => {
                const value = figure.of(evaluation);
                return (
                  <td key={figure.name} class={value !== null && value === best[i] ? styles.best : undefined}>
                    {figure.format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A row for each road, a column for each evaluation: where one model fails and another does not. */
function Roads({ rows }: { rows: readonly EvaluationDetails[] }) {
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">Episode, autonomy and interventions</th>
            {rows.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairEpisodes(rows.map(({ evaluation }) => evaluation)).map((results, row) => (
            <tr key={row}>
              <td>{nameOf(results)}</td>
              {results.map((result, i) => (
                <td key={rows[i]!.id} class={result !== null && isPoor(result) ? styles.poor : undefined}>
                  {result === null ? '–' : `${percent(result.autonomy)} %, ${result.interventions}`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A person had to help, or the route was not driven to its end. */
function isPoor({ interventions, completed }: EpisodeResult): boolean {
  return interventions > 0 || completed < 1;
}

/** The episode's name, as the first that drove it has it. */
function nameOf(results: PairedEpisode): string {
  const known = results.find((result) => result !== null);
  return known ? episodeName(known) : '';
}
