import { randomBytes } from 'node:crypto';
import type { EpisodeProgress } from '../../../../evaluation/drive/progress.ts';
import type { Suite } from '../../../../evaluation/suites/suite.ts';
import { hasEnded } from '../../../../host-api/client.ts';
import type { Job, NewImport } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import type { Library } from '../library/library.ts';

/** What a runner may say while it works. */
export interface JobProgress {
  /** Share that is done, 0 to 1; null where it is not known. */
  readonly completed: number | null;
  /** What is going on, one line. */
  readonly note: string;
  /** Each episode of an evaluation. */
  readonly episodes?: readonly EpisodeProgress[];
  /** What the car sees now, a JPEG. */
  readonly picture?: Uint8Array;
}

/** What a job leaves: the ids of what came of it, and what a person should know of it in one line, or nothing. */
export interface JobOutcome {
  readonly results: string[];
  readonly note: string;
}

/** Does a job. Stops at the signal by throwing its reason. */
export type JobRunner<T> = (
  task: T,
  library: Library,
  say: (progress: JobProgress) => void,
  signal: AbortSignal,
) => Promise<JobOutcome>;

/** What to evaluate: a model of the library or `expert`, on a suite of that name or one that was handed in. */
export interface EvaluateTask {
  readonly model: string;
  readonly suite: string | Suite;
  readonly name?: string | undefined;
}

/** What to import: what a page uploaded, or a folder or file of this machine that its person chose. */
export type ImportTask = NewImport | (Omit<NewImport, 'draft' | 'recording'> & Place);

interface Place {
  readonly place: string;
  readonly draft?: undefined;
}

export interface JobRunners {
  readonly evaluate?: JobRunner<EvaluateTask>;
  readonly import?: JobRunner<ImportTask>;
}

/** Jobs that have ended and are still told of. */
const MAX_ENDED = 50;

interface Entry {
  job: Job;
  /** The newest, until the job is forgotten. */
  picture?: Uint8Array;
  readonly stop: AbortController;
  readonly listeners: Set<(job: Job) => void>;
  done: Promise<void>;
}

/** Long work on the host: one job after the other, so that two do not share the processor and both crawl. */
export class JobList {
  readonly #library: Library;
  readonly #runners: JobRunners;
  readonly #report: (error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  #last: Promise<void> = Promise.resolve();

  constructor(library: Library, runners: JobRunners, report: (error: unknown) => void) {
    this.#library = library;
    this.#runners = runners;
    this.#report = report;
  }

  all(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job);
  }

  /** @throws Refusal `not-found` */
  get(id: string): Job {
    return this.#entry(id).job;
  }

  /**
   * The newest picture of what the job's car sees, a JPEG.
   * @throws Refusal `not-found` where there is none
   */
  picture(id: string): Uint8Array {
    const { picture } = this.#entry(id);
    if (picture) return picture;
    throw new Refusal('not-found', `job ${JSON.stringify(id)}`, 'it has no picture', 'ask while `pictures` grows');
  }

  /** @throws Refusal `not-supported` where this host lacks what the job needs */
  evaluate(task: EvaluateTask): Job {
    const suite = typeof task.suite === 'string' ? task.suite : task.suite.name;
    return this.#start('evaluate', task.name ?? `${task.model} on ${suite}`, task, this.#runners.evaluate);
  }

  /** @throws Refusal `not-supported` */
  import(task: ImportTask): Job {
    return this.#start('import', task.name, task, this.#runners.import);
  }

  /** Asks a job to stop. One that has ended stays as it is. */
  cancel(id: string): Job {
    const entry = this.#entry(id);
    entry.stop.abort(new Error('cancelled'));
    if (entry.job.state === 'waiting') this.#change(entry, { state: 'cancelled', note: '' });
    return entry.job;
  }

  /**
   * Hears of the job now and at each change, until `stop` is called.
   * @returns stop
   */
  watch(id: string, listener: (job: Job) => void): () => void {
    const entry = this.#entry(id);
    entry.listeners.add(listener);
    listener(entry.job);
    return () => entry.listeners.delete(listener);
  }

  /** Cancels everything and waits until it has stopped. */
  async close(): Promise<void> {
    for (const entry of this.#entries.values()) {
      if (!hasEnded(entry.job)) this.cancel(entry.job.id);
    }
    await Promise.all([...this.#entries.values()].map((entry) => entry.done));
  }

  #start<T>(kind: Job['kind'], name: string, task: T, runner: JobRunner<T> | undefined): Job {
    if (runner === undefined) {
      throw new Refusal('not-supported', kind, 'this host cannot do it', 'use the command line instead');
    }
    const job: Job = {
      id: `${kind}-${randomBytes(6).toString('hex')}`,
      kind,
      name,
      state: 'waiting',
      startedAt: new Date().toISOString(),
      completed: null,
      note: '',
      results: [],
      error: null,
      episodes: [],
      pictures: 0,
    };
    const entry: Entry = { job, stop: new AbortController(), listeners: new Set(), done: Promise.resolve() };
    this.#entries.set(job.id, entry);
    this.#forgetOld();
    entry.done = this.#last.then(() => this.#run(entry, task, runner));
    this.#last = entry.done;
    return job;
  }

  async #run<T>(entry: Entry, task: T, runner: JobRunner<T>): Promise<void> {
    if (hasEnded(entry.job)) return;
    const { signal } = entry.stop;
    this.#change(entry, { state: 'running' });
    try {
      const say = ({ completed, note, episodes = [], picture }: JobProgress) => {
        if (picture) entry.picture = picture;
        const pictures = entry.job.pictures + (picture ? 1 : 0);
        this.#change(entry, { completed, note, episodes: [...episodes], pictures });
      };
      const outcome = await runner(task, this.#library, say, signal);
      this.#change(entry, { state: 'finished', completed: 1, ...outcome });
    } catch (error) {
      if (signal.aborted) {
        this.#change(entry, { state: 'cancelled', note: '' });
        return;
      }
      if (!(error instanceof Refusal)) this.#report(error);
      const code = error instanceof Refusal ? error.code : 'fault';
      const message = error instanceof Error ? error.message : String(error);
      this.#change(entry, { state: 'failed', note: '', error: { code, message } });
    }
  }

  #change(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    for (const listener of entry.listeners) listener(entry.job);
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    throw new Refusal('not-found', `job ${JSON.stringify(id.slice(0, 100))}`, 'there is none', 'list the jobs');
  }

  #forgetOld(): void {
    const ended = [...this.#entries].filter(([, entry]) => hasEnded(entry.job));
    for (const [id] of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) this.#entries.delete(id);
  }
}
