import { signal } from '@preact/signals';
import type { Command } from '../../../sim/command.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import type { FrameSource } from '../../../sim/episode/episode.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import { LookBackBuffer } from './look-back-buffer.ts';
import type { Moment } from './moment.ts';
import { PastEye } from './past-eye.ts';
import type { Readings } from './readings.ts';

/** A replay does not leave out more than this where pictures come late [s]. */
const LONGEST_STEP = 0.25;

/** What was driven, and the moment of it that is looked back at. */
export class LookingBack {
  /** World time that is looked back at [s]; null while the drive itself is shown. */
  readonly time = signal<number | null>(null);
  /** Whether what is looked back at was driven before, and not in this session. */
  readonly ofThePast = signal(false);
  /** Whether the look back moves on by itself. */
  readonly replaying = signal(false);
  readonly buffer = new LookBackBuffer();
  readonly #readings: Readings;
  #eye: PastEye | null = null;
  /** What the driver would do at the moment that is looked back at. */
  #predicted: Command | null = null;

  constructor(readings: Readings) {
    this.#readings = readings;
  }

  /** A new drive begins. @param sensor the car's camera, if it has one */
  begin(sensor: FrameSource | null, driver: Driver | null): void {
    this.buffer.clear();
    this.ofThePast.value = false;
    this.#eye = sensor && this.#eyeOf(sensor, driver);
    this.to(null);
  }

  /** The drive's world is given up. */
  leave(): void {
    this.#eye = null;
  }

  /** Shows a moment of what was driven [s]; null returns to the drive itself. */
  to(time: number | null): void {
    this.time.value = time === null ? null : Math.max(0, Math.min(this.buffer.end, time));
    if (time === null) this.replaying.value = false;
  }

  /** Puts a drive of the past in the place of what was driven. */
  show(moments: Iterable<Moment>): void {
    this.buffer.clear();
    for (const moment of moments) this.buffer.add(moment);
    this.ofThePast.value = true;
  }

  /** Whoever drives now begins a drive of its own. @returns whether there was one of the past */
  forgetThePast(): boolean {
    if (!this.ofThePast.peek()) return false;
    this.ofThePast.value = false;
    this.buffer.clear();
    return true;
  }

  /**
   * @param elapsed since the picture before [s]
   * @param rate world seconds per wall second
   * @returns the moment that is looked back at, moved on while it plays
   */
  move(elapsed: number, rate: number): number | null {
    const at = this.time.peek();
    if (at === null || !this.replaying.peek()) return at;
    const next = Math.min(this.buffer.end, at + Math.min(elapsed, LONGEST_STEP) * rate);
    this.time.value = next;
    if (next >= this.buffer.end) this.replaying.value = false;
    return next;
  }

  /** Reads what was asked for at a moment of the past, and where the car was, and looks through its camera. */
  async read(state: VehicleState, time: number, others: readonly TrafficCar[]): Promise<void> {
    const moment = this.buffer.momentAt(time);
    if (moment !== undefined) {
      const { lateralError, progress } = moment;
      const driver = moment.commands.driver ?? (this.ofThePast.peek() ? this.#predicted : null);
      this.#readings.put({ commands: { ...moment.commands, driver }, lateralError, progress });
    }
    await this.#eye?.look(state, time, others);
  }

  #eyeOf(sensor: FrameSource, driver: Driver | null): PastEye {
    // A model that is driving must not be shown its past, for it would remember it; and only models drive by frames.
    const asked = () => (this.ofThePast.peek() && driver?.needsFrames ? driver : null);
    return new PastEye(sensor, asked, (frame, predicted) => {
      this.#predicted = predicted;
      this.#readings.put({ frame });
    });
  }
}
