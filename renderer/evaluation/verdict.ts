import { type Comparison, compareEvaluations } from '../../evaluation/compare/compare-evaluations.ts';
import type { Evaluation } from '../../evaluation/files/evaluation.ts';
import { autonomy } from '../../evaluation/metrics/autonomy.ts';
import { METRICS } from '../../evaluation/metrics/registry.ts';
import { unfinishedRoutes } from '../../evaluation/unfinished.ts';
import { Refusal } from '../../sim/refusal.ts';

/** An evaluation under the name that the page shows. */
export interface NamedEvaluation {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** What `wheelhouse compare` says of two evaluations, in lines: who is ahead, then what to know of it. */
export function verdictLines(first: NamedEvaluation, second: NamedEvaluation): string[] {
  let comparison: Comparison;
  try {
    const names = [`“${first.name}”`, `“${second.name}”`] as const;
    comparison = compareEvaluations(first.evaluation, second.evaluation, METRICS, names);
  } catch (error) {
    if (error instanceof Refusal) return [`“${first.name}” and “${second.name}” cannot be compared: ${error.message}`];
    throw error;
  }
  const { verdict, episodes, caveats } = comparison;
  const ahead = {
    first: `“${first.name}” is ahead of “${second.name}”`,
    second: `“${second.name}” is ahead of “${first.name}”`,
    neither: `Neither “${first.name}” nor “${second.name}” is ahead`,
  }[verdict.ahead];
  const unfinished = [first, second].flatMap(({ name }, i) => {
    const routes = unfinishedRoutes(episodes.map((episode) => (i === 0 ? episode.first : episode.second)));
    return routes === null ? [] : [`“${name}”: ${routes}`];
  });
  const scores = `autonomy ${autonomy.format(verdict.first)} beside ${autonomy.format(verdict.second)}`;
  return [`${ahead}: ${scores}.`, ...unfinished, ...caveats];
}
