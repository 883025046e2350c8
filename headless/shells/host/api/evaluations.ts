import { Hono } from 'hono';
import { EVALUATION_FILE, evaluationSchema, REPORT_FILE } from '../../../../evaluation/files/evaluation.ts';
import { withTodaysScores } from '../../../../evaluation/files/todays-scores.ts';
import { type EvaluationDetails, publicationSchema } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { measureFolder, readName, readParsed, writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import { readBody } from './body.ts';

export function evaluationsApi(library: Library): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const evaluations: EvaluationDetails[] = [];
    const problems: { id: string; problem: string }[] = [];
    for (const id of await library.ids('evaluations')) {
      try {
        evaluations.push(await detailsOf(library, id));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        problems.push({ id, problem: error.message });
      }
    }
    return context.json({ evaluations, problems });
  });

  api.get('/:id', async (context) => context.json(await detailsOf(library, context.req.param('id'))));

  api.post('/', async (context) => {
    const { draft, id: wanted, name, replace } = await readBody(context, publicationSchema);
    const files = await library.files('drafts', draft);
    await readParsed(files, EVALUATION_FILE, evaluationSchema);
    await writeName(files, name);
    return context.json({ id: await library.publish(draft, 'evaluations', name, wanted, replace) }, 201);
  });

  return api;
}

async function detailsOf(library: Library, id: string): Promise<EvaluationDetails> {
  const files = await library.files('evaluations', id);
  const evaluation = withTodaysScores(await readParsed(files, EVALUATION_FILE, evaluationSchema));
  const { changedAt } = await measureFolder(library.pathOf('evaluations', id));
  const name = (await readName(files)) ?? `${evaluation.model} on ${evaluation.suite}`;
  return { id, name, changedAt, evaluation, hasReport: await files.exists(REPORT_FILE) };
}
