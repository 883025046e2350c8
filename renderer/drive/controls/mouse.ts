import type { ControlDevice, ControlInput } from './control-input.ts';

/** Steering-wheel angle when the pointer is at the edge of the picture, at rest [rad]. */
const REACH_AT_REST = 5;
const HALVING_SPEED = 12;
/** Time constant of the hand's smoothing [s]. */
const SMOOTHING = 0.12;
/** The pointer must move this share of the width to count as steering. */
const MEANT = 0.06;

/** Steers by where the pointer is over the picture: left button accelerates, right button brakes. */
export class Mouse implements ControlDevice {
  readonly #stop = new AbortController();
  /** -1 at the right edge, 1 at the left. */
  #pointer = 0;
  #atTakeover: number | null = null;
  #buttons = 0;
  #angle = 0;

  constructor(area: HTMLElement) {
    const { signal } = this.#stop;
    const follow = (event: PointerEvent) => {
      const { left, width } = area.getBoundingClientRect();
      this.#pointer = Math.max(-1, Math.min(1, 1 - (2 * (event.clientX - left)) / width));
      this.#buttons = event.buttons;
    };
    for (const type of ['pointermove', 'pointerdown', 'pointerup'] as const) {
      area.addEventListener(type, follow, { signal });
    }
    area.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
    area.addEventListener(
      'pointerleave',
      () => {
        this.#buttons = 0;
      },
      { signal },
    );
  }

  begin(steeringAngle: number): void {
    this.#angle = steeringAngle;
    this.#atTakeover = null;
  }

  read(speed: number, period: number): ControlInput {
    this.#atTakeover ??= this.#pointer;
    const reach = REACH_AT_REST / (1 + Math.abs(speed) / HALVING_SPEED);
    // Squared, so that the middle of the picture is fine.
    const wanted = this.#pointer * Math.abs(this.#pointer) * reach;
    this.#angle += (wanted - this.#angle) * (1 - Math.exp(-period / SMOOTHING));
    const brake = this.#buttons & 2 ? 1 : 0;
    const moved = Math.abs(this.#pointer - this.#atTakeover) > MEANT;
    return { steeringAngle: this.#angle, throttle: this.#buttons & 1, brake, active: moved || brake > 0 };
  }

  dispose(): void {
    this.#stop.abort();
  }
}
