import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Cut } from '../../datasets/recording/edits.ts';
import type { Recording } from '../../datasets/recording/recording.ts';
import { withoutCuts } from '../../datasets/recording/without-cuts.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { Frame } from '../../sim/frame.ts';
import { openPageDriver } from '../drive/drivers/open-page-driver.ts';
import type { Incident } from '../drive/session/incidents.ts';
import { cutAt, nextUncut } from './cuts.ts';

/** Frames decoded ahead of the one that is shown. */
const AHEAD = 4;

/** The curve of what the model said is drawn anew at most this often [ms]. */
const REDRAW = 300;

/** Plays a recording frame by frame, and has a model look at the same frames. */
export class Player {
  readonly recording: Recording;
  readonly camera: string;
  readonly index = signal(0);
  readonly playing = signal(false);
  readonly rate = signal(1);
  readonly frame = signal<Frame | null>(null);
  readonly problem = signal<string | null>(null);
  readonly cuts: ReadonlySignal<readonly Cut[]>;
  /** What is left of the recording. */
  readonly left = computed(() => withoutCuts(this.recording, this.cuts.value));
  /** What happened while it was recorded. */
  readonly incidents = signal<readonly Incident[]>([]);
  /** Steering-wheel angle that is predicted for the frame that is shown [rad]; null where none is. */
  readonly predicted = signal<number | null>(null);
  /** Steering-wheel angles that are predicted, by sample [rad]; NaN where none is, or the model has not looked yet. */
  readonly predictions = signal<Float64Array | null>(null);
  /** Steering-wheel angle recorded with the frame that is shown, left positive [rad]. */
  readonly recorded = computed(() => this.recording.columns.steeringAngle?.[this.index.value] ?? Number.NaN);
  readonly #decoded = new Map<number, Promise<Frame>>();
  #model: Driver | null = null;
  #lastSeen = -1;
  #request = 0;
  #clock = 0;
  #begun = 0;
  #showing = false;
  #said = new Float64Array(0);
  #drawn = 0;

  /** @param recording with the samples that are cut out */
  constructor(recording: Recording, cuts: ReadonlySignal<readonly Cut[]>) {
    this.recording = recording;
    this.cuts = cuts;
    const cameras = Object.keys(recording.cameras);
    this.camera = cameras.includes('centre') ? 'centre' : (cameras[0] ?? 'centre');
    void this.show(0);
  }

  get length(): number {
    return this.recording.length;
  }

  play(): void {
    if (this.playing.value) return;
    if (this.index.value >= this.length - 1) this.index.value = 0;
    this.playing.value = true;
    this.#restartClock();
    this.#request = requestAnimationFrame(this.#step);
  }

  pause(): void {
    this.playing.value = false;
    cancelAnimationFrame(this.#request);
    if (this.#model !== null) this.#draw();
  }

  seek(index: number): void {
    void this.show(Math.max(0, Math.min(this.length - 1, Math.round(index)))).then(() => this.#restartClock());
  }

  /** Has a model of the library look at the frames from here on; null for none. */
  async look(model: string | null): Promise<void> {
    this.#model?.dispose?.();
    this.#model = null;
    this.predicted.value = null;
    this.predictions.value = null;
    if (model === null) return;
    this.#said = new Float64Array(this.length).fill(Number.NaN);
    this.#model = await openPageDriver(`model:${model}`);
    this.#lastSeen = -1;
    await this.show(this.index.value);
  }

  /** Shows predictions of a file beside what was recorded. @param angles by sample [rad], NaN where there is none */
  async lay(angles: Float64Array): Promise<void> {
    await this.look(null);
    this.predictions.value = angles;
    await this.show(this.index.value);
  }

  /** Shows a sample, with what is predicted for it. */
  async show(index: number): Promise<void> {
    this.#showing = true;
    try {
      const frame = await this.#decode(index);
      const predicted = await this.#predict(index, frame);
      for (let next = index + 1; next <= Math.min(index + AHEAD, this.length - 1); next++) {
        this.#decode(next).catch(() => undefined);
      }
      batch(() => {
        this.index.value = index;
        this.frame.value = frame;
        this.predicted.value = predicted;
        this.problem.value = null;
      });
    } catch (error) {
      this.index.value = index;
      this.problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      this.#showing = false;
    }
  }

  dispose(): void {
    this.pause();
    this.#model?.dispose?.();
    void this.recording.close();
  }

  readonly #step = (): void => {
    if (!this.playing.value) return;
    this.#request = requestAnimationFrame(this.#step);
    if (this.#showing) return;
    const { time } = this.recording.columns;
    const now = this.#begun + ((performance.now() - this.#clock) / 1000) * this.rate.value;
    let next = this.index.value;
    // With a model every frame counts: it sees them all, in order.
    if (this.#model !== null) next += time[next + 1] !== undefined && time[next + 1]! <= now ? 1 : 0;
    else while (next + 1 < this.length && time[next + 1]! <= now) next++;
    const uncut = nextUncut(this.cuts.value, next, this.length);
    if (uncut === null || next >= this.length - 1) {
      this.pause();
      return;
    }
    if (uncut === this.index.value) return;
    void this.show(uncut);
    if (uncut !== next) this.#restartClock(uncut);
  };

  #restartClock(index = this.index.value): void {
    this.#clock = performance.now();
    this.#begun = this.recording.columns.time[index] ?? 0;
  }

  #decode(index: number): Promise<Frame> {
    const known = this.#decoded.get(index) ?? this.recording.frame(index, this.camera);
    this.#decoded.set(index, known);
    if (this.#decoded.size > 4 * AHEAD) this.#decoded.delete(this.#decoded.keys().next().value!);
    return known;
  }

  async #predict(index: number, frame: Frame): Promise<number | null> {
    const model = this.#model;
    if (model === null) {
      const laid = this.predictions.value?.[index] ?? Number.NaN;
      return Number.isFinite(laid) ? laid : null;
    }
    // What is cut out is no more asked about than trained on.
    if (cutAt(this.cuts.value, index) !== undefined) return null;
    if (index === this.#lastSeen) return this.predicted.value;
    // A jump is a new beginning: what was remembered belongs to another place.
    if (index !== this.#lastSeen + 1) model.relocated?.();
    this.#lastSeen = index;
    const speed = this.recording.columns.measuredSpeed?.[index] ?? this.recording.columns.speed?.[index] ?? 0;
    const knownSpeed = Number.isFinite(speed) ? speed : 0;
    const command = await model.drive({ frames: { centre: frame }, speed: knownSpeed, time: frame.time });
    this.#said[index] = command.steeringAngle;
    if (performance.now() - this.#drawn > REDRAW || !this.playing.value) this.#draw();
    return command.steeringAngle;
  }

  #draw(): void {
    this.#drawn = performance.now();
    // A view of its own each time, so that whoever shows it sees that it has changed.
    this.predictions.value = this.#said.subarray();
  }
}
