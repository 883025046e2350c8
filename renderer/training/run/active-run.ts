import { type Signal, signal } from '@preact/signals';
import type { RecordingFinding } from '../../../datasets/inspection/look-before-training.ts';
import type { MetricLine, RunPlan } from '../../../models/runs/metric-lines.ts';
import type { HeldBackScores } from '../../../models/runs/summary.ts';
import type { Examination } from '../../../models/training/examination/examination.ts';
import type { TrainingOptions } from '../../../models/training/options.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord } from '../../../models/training/records.ts';
import type { Transferred } from '../../../models/training/transfer.ts';
import { ThinningSeries } from '../../charts/thinning-series.ts';
import type { RunEvent, RunOrder } from './events.ts';
import type { Clip, LastLook } from './last-look.ts';
import type { Inside } from './look-inside.ts';

export type RunPhase = 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'finished' | 'failed';

/** Examinations that are kept; a longer run keeps every second, every fourth … of them. */
const EXAMINATIONS = 240;

/** All layers at a step. */
export interface ExaminedStep extends Examination {
  /** Steps since the training began. */
  readonly at: number;
}

/** Everything the page knows of one run; it lives as long as the page, whichever page is open. */
export class RunView {
  readonly id: string;
  readonly name: string;
  readonly phase: Signal<RunPhase>;
  readonly stage = signal('');
  /** What is worth mending of its recordings, as far as this page has had them looked through. */
  readonly findings = signal<readonly RecordingFinding[]>([]);
  readonly plan = signal<RunPlan | null>(null);
  readonly progress = signal<Progress | null>(null);
  readonly history = signal<readonly EpochRecord[]>([]);
  readonly clip = signal<Clip | null>(null);
  /** Its layers since the beginning, the newest last. */
  readonly examinations = signal<readonly ExaminedStep[]>([]);
  /** What came over from the model that it began with. */
  readonly transferred = signal<Transferred | null>(null);
  /** What it is trained with; null until that is known. */
  readonly options = signal<TrainingOptions | null>(null);
  /** Scores on what was held back, by head, when it is over. */
  readonly test = signal<HeldBackScores | null>(null);
  readonly inside = signal<Inside | null>(null);
  /** Whether the host does not answer; what is learned meanwhile is kept when it is back. */
  readonly away = signal(false);
  readonly failure = signal<string | null>(null);
  /** Who else trains it now. */
  readonly heldBy = signal<string | null>(null);
  /** What stands in the way of going on with it here, and what to know of it. */
  readonly hindrance = signal<string | null>(null);
  readonly note = signal<string | null>(null);
  readonly model = signal<string | null>(null);
  /** Step and training loss; step and validation loss. */
  readonly losses = new ThinningSeries(2);
  readonly validation = new ThinningSeries(2);
  /** Changes whenever a curve does. */
  readonly version = signal(0);
  #worker: Worker | null = null;
  #lastLoss = Number.NaN;

  constructor(id: string, name: string, phase: RunPhase) {
    this.id = id;
    this.name = name;
    this.phase = signal(phase);
  }

  /** Whether a worker of this page trains it. */
  get alive(): boolean {
    return this.#worker !== null;
  }

  /** Starts the worker, which goes on from the checkpoint if there is one. @param holder who this page is to others */
  start(holder: string): void {
    const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    this.phase.value = 'starting';
    this.failure.value = null;
    worker.addEventListener('message', ({ data }: MessageEvent<RunEvent>) => this.take(data));
    worker.addEventListener('error', (event) => {
      this.take({ type: 'failed', message: event.message || 'the training worker did not start' });
    });
    worker.postMessage({ type: 'start', run: this.id, holder } satisfies RunOrder);
  }

  pause(): void {
    this.#worker?.postMessage({ type: 'pause' } satisfies RunOrder);
  }

  resume(): void {
    this.#worker?.postMessage({ type: 'resume' } satisfies RunOrder);
  }

  /** Stops after the step in hand; the best epoch becomes the model. */
  stop(): void {
    this.phase.value = 'stopping';
    this.#worker?.postMessage({ type: 'stop' } satisfies RunOrder);
  }

  /** Lines that an earlier page has measured. */
  takeMetrics(lines: readonly MetricLine[]): void {
    const history: EpochRecord[] = [];
    for (const line of lines) {
      if (line.kind === 'step') this.losses.add(line.step, line.loss);
      else if (line.kind === 'plan') this.plan.value = line;
      else if (line.kind === 'examination') this.#examined({ ...line, at: line.step });
      else {
        const { kind: _, step, ...record } = line;
        this.validation.add(step, record.validationLoss);
        while (history.length > 0 && history.at(-1)!.epoch >= record.epoch) history.pop();
        history.push(record);
      }
    }
    this.history.value = history;
    this.version.value++;
  }

  /** Takes what the worker tells. */
  take(event: RunEvent): void {
    switch (event.type) {
      case 'stage':
        this.stage.value = event.words;
        break;
      case 'findings':
        this.findings.value = event.findings;
        break;
      case 'plan':
        this.plan.value = event.plan;
        if (this.phase.value === 'starting') this.phase.value = 'running';
        break;
      case 'transferred':
        this.transferred.value = event;
        break;
      case 'progress':
        this.progress.value = event.progress;
        this.#addLoss(event.step, event.progress.loss);
        break;
      case 'epoch':
        this.history.value = [...this.history.value.filter(({ epoch }) => epoch < event.record.epoch), event.record];
        this.validation.add(event.step, event.record.validationLoss);
        this.version.value++;
        break;
      case 'clip':
        this.clip.value = event;
        break;
      case 'examined':
        this.#examined({ ...event.examination, at: event.step });
        break;
      case 'inside':
        this.inside.value = event.inside;
        break;
      case 'away':
        this.away.value = event.away;
        break;
      case 'paused':
        this.phase.value = 'paused';
        break;
      case 'resumed':
        this.phase.value = 'running';
        break;
      case 'done':
        this.model.value = event.model;
        this.test.value = event.test;
        this.failure.value = event.untested;
        this.#end(event.untested !== null ? 'failed' : event.stopped === 'aborted' ? 'stopped' : 'finished');
        break;
      case 'failed':
        this.failure.value = event.message;
        this.#end('failed');
    }
  }

  /** What an earlier page has kept of the last epoch. */
  takeLook({ clip, inside }: LastLook): void {
    this.clip.value ??= clip;
    this.inside.value ??= inside;
  }

  #examined(examination: ExaminedStep): void {
    // A resumed run goes over old ground again.
    const before = this.examinations.value.filter(({ at }) => at < examination.at);
    const kept = before.length < EXAMINATIONS ? before : before.filter((_, i) => i % 2 === 0);
    this.examinations.value = [...kept, examination];
  }

  /** The loss is read every few steps and repeated in between; a repetition is no new point. */
  #addLoss(step: number, loss: number): void {
    if (!Number.isFinite(loss) || loss === this.#lastLoss) return;
    this.#lastLoss = loss;
    this.losses.add(step, loss);
    this.version.value++;
  }

  #end(phase: RunPhase): void {
    this.phase.value = phase;
    this.away.value = false;
    this.#worker?.terminate();
    this.#worker = null;
  }
}
