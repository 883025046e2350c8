import { computed, signal } from '@preact/signals';
import { LAST_LOOK_FILE } from '../../../models/runs/layout.ts';
import type { RunConfig } from '../../../models/runs/run-config.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { tellGuide } from '../../guide/guide.ts';
import { host } from '../../host/host.ts';
import { models, runs } from '../../host/library.ts';
import { tell } from '../../shell/toasts.tsx';
import { type RunPhase, RunView } from './active-run.ts';
import { hindranceOf } from './hindrance.ts';
import { decodeLook, type LastLook } from './last-look.ts';
import { holderHere, isTrainedElsewhere } from './run-lock.ts';

/** Runs that have been opened in this page, by id. */
const views = signal<ReadonlyMap<string, RunView>>(new Map());

const ENDED: readonly RunPhase[] = ['stopped', 'finished', 'failed'];

/** Runs that a worker of this page trains now. */
export const activeRuns = computed(() =>
  [...views.value.values()].filter((view) => !ENDED.includes(view.phase.value) && view.alive),
);

/** Starts a new run. @returns its id */
export async function startRun(name: string, config: RunConfig): Promise<string> {
  const { id } = await host.createRun({ name, config });
  const view = new RunView(id, name, 'starting');
  view.options.value = config.training;
  remember(view);
  begin(view);
  void runs.refresh();
  return id;
}

/** A run as far as it is known; one that is trained elsewhere, or that this page has not seen yet, is read from the host. */
export async function openRun(id: string): Promise<RunView> {
  const known = views.value.get(id);
  if (known && (known.alive || ENDED.includes(known.phase.value))) return known;
  const [details, lines, look] = await Promise.all([host.run(id), host.metrics(id), readLook(id)]);
  const again = views.value.get(id);
  if (again && again !== known) return again;
  const { name, status, held, summary, note } = details;
  const view = new RunView(id, name, status);
  view.takeMetrics(lines);
  view.model.value = summary?.model && 'id' in summary.model ? summary.model.id : null;
  view.options.value = details.description.config.training;
  view.test.value = summary?.test ?? null;
  view.failure.value = summary?.error ?? null;
  view.heldBy.value = held && !held.isGone && held.holder !== holderHere() ? held.words : null;
  view.hindrance.value = hindranceOf(details);
  view.note.value = note;
  if (look) view.takeLook(look);
  remember(view);
  return view;
}

/** What was kept of a run's last epoch; null when nothing was, or it is damaged: the curves are worth showing without. */
async function readLook(id: string): Promise<LastLook | null> {
  const files = host.files('runs', id);
  try {
    if (!(await files.exists(LAST_LOOK_FILE))) return null;
    return decodeLook(await files.read(LAST_LOOK_FILE), `${id}/${LAST_LOOK_FILE}`);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), 'danger');
    return null;
  }
}

/**
 * Goes on with a run that was stopped, or whose page was closed or reloaded.
 * @throws Refusal `run-held` when another window trains it
 */
export async function continueRun(id: string): Promise<void> {
  // The one that a page shows, if any does.
  const view = views.value.get(id) ?? (await openRun(id));
  if (view.alive) return;
  if (await isTrainedElsewhere(id)) {
    const what = 'it is being trained by another window of this browser';
    throw new Refusal('run-held', view.name, what, 'let it end, or stop it there');
  }
  begin(view);
}

/** Takes up every run that was under way in this browser when its page went away, unless another page trains it. */
export async function continueLostRuns(): Promise<void> {
  const known = await host.runs().catch(() => []);
  await Promise.all(
    known.map(async ({ id, status, name, held }) => {
      if (status !== 'running' || held?.holder !== holderHere() || (await isTrainedElsewhere(id))) return;
      // It may have ended while the lock was waited for.
      if ((await host.run(id)).status !== 'running') return;
      await continueRun(id);
      tell(`“${name}” was interrupted and goes on from its last checkpoint.`);
    }),
  );
}

function begin(view: RunView): void {
  view.start(holderHere());
  const stop = view.phase.subscribe((phase) => {
    if (!ENDED.includes(phase)) return;
    // The subscription calls back once before it returns.
    queueMicrotask(() => stop());
    if (phase === 'failed') tell(`“${view.name}” failed: ${view.failure.value}`, 'danger');
    else if (view.model.value !== null) {
      tell(`“${view.name}” has become a model. Let it drive.`);
      tellGuide({ type: 'trained', model: view.model.value });
    }
    void runs.refresh();
    void models.refresh();
  });
  views.value = new Map(views.value);
}

function remember(view: RunView): void {
  views.value = new Map(views.value).set(view.id, view);
}

globalThis.addEventListener?.('beforeunload', (event) => {
  // The browser asks in its own words. A run goes on from its checkpoint when the page is opened again.
  if (activeRuns.peek().length > 0) event.preventDefault();
});
