import { type Signal, signal } from '@preact/signals';
import type { MetricLine } from '../../../datasets/library/contract.ts';
import type { Examination } from '../../../models/inspection/examine.ts';
import type { Progress } from '../../../models/training/progress.ts';
import type { EpochRecord } from '../../../models/training/records.ts';
import { ThinningSeries } from '../../charts/thinning-series.ts';
import type { RunEvent, RunOrder, RunPlan } from './events.ts';
import type { Inside } from './look-inside.ts';

export type RunPhase = 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'finished' | 'failed';

/** Predicted beside recorded steering on a clip that was held back. */
export interface Clip {
  readonly predicted: Float32Array;
  readonly truth: Float32Array;
  /** [Hz] */
  readonly rate: number;
}

/** Everything the page knows of one run; it lives as long as the page, whichever page is open. */
export class RunView {
  readonly id: string;
  readonly name: string;
  readonly phase: Signal<RunPhase>;
  readonly stage = signal('');
  readonly plan = signal<RunPlan | null>(null);
  readonly progress = signal<Progress | null>(null);
  readonly history = signal<readonly EpochRecord[]>([]);
  readonly clip = signal<Clip | null>(null);
  /** Its layers at the end of the last epoch. */
  readonly examination = signal<Examination | null>(null);
  readonly inside = signal<Inside | null>(null);
  readonly failure = signal<string | null>(null);
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

  /** Starts the worker. @param resume go on from the checkpoint, if there is one */
  start(config: unknown, resume: boolean): void {
    const worker = new Worker(new URL('../training.worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    this.phase.value = 'starting';
    this.failure.value = null;
    worker.addEventListener('message', ({ data }: MessageEvent<RunEvent>) => this.take(data));
    worker.addEventListener('error', (event) => {
      this.take({ type: 'failed', message: event.message || 'the training worker did not start' });
    });
    worker.postMessage({ type: 'start', run: this.id, name: this.name, config, resume } satisfies RunOrder);
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
    const number = (value: MetricLine[string] | undefined) => (typeof value === 'number' ? value : Number.NaN);
    const history: EpochRecord[] = [];
    for (const line of lines) {
      if (line.kind === 'step') this.losses.add(number(line.step), number(line.loss));
      if (line.kind !== 'epoch') continue;
      this.validation.add(number(line.step), number(line.validationLoss));
      while (history.length > 0 && history.at(-1)!.epoch >= number(line.epoch)) history.pop();
      history.push({
        epoch: number(line.epoch),
        loss: number(line.loss),
        gradientNorm: number(line.gradientNorm),
        validationLoss: number(line.validationLoss),
        learningRate: number(line.learningRate),
        tensors: number(line.tensors),
      });
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
      case 'plan':
        this.plan.value = event.plan;
        if (this.phase.value === 'starting') this.phase.value = 'running';
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
        this.examination.value = event.examination;
        break;
      case 'inside':
        this.inside.value = event.inside;
        break;
      case 'paused':
        this.phase.value = 'paused';
        break;
      case 'resumed':
        this.phase.value = 'running';
        break;
      case 'done':
        this.model.value = event.model;
        this.#end(event.stopped === 'aborted' ? 'stopped' : 'finished');
        break;
      case 'failed':
        this.failure.value = event.message;
        this.#end('failed');
    }
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
    this.#worker?.terminate();
    this.#worker = null;
  }
}
