import type { ControlDevice, ControlInput } from './control-input.ts';
import { KeyboardSteering } from './keyboard-steering.ts';

const LEFT = ['ArrowLeft', 'KeyA'];
const RIGHT = ['ArrowRight', 'KeyD'];
const FASTER = ['ArrowUp', 'KeyW'];
const BRAKE = ['ArrowDown', 'KeyS', 'Space'];
const ALL = new Set([...LEFT, ...RIGHT, ...FASTER, ...BRAKE]);

/** Arrow keys or WASD; the space bar brakes too. */
export class Keyboard implements ControlDevice {
  readonly steering = new KeyboardSteering();
  readonly #pressed = new Set<string>();
  readonly #stop = new AbortController();

  /** @param target where keys are listened for */
  constructor(target: Window = window) {
    const { signal } = this.#stop;
    target.addEventListener('keydown', (event) => this.#down(event), { signal });
    target.addEventListener('keyup', (event) => this.#pressed.delete(event.code), { signal });
    // A key that is let go while another window is in front would stay pressed for ever.
    target.addEventListener('blur', () => this.#pressed.clear(), { signal });
  }

  begin(steeringAngle: number): void {
    this.steering.begin(steeringAngle);
  }

  read(speed: number, period: number): ControlInput {
    const left = this.#any(LEFT);
    const right = this.#any(RIGHT);
    const brake = this.#any(BRAKE) ? 1 : 0;
    const direction = left === right ? 0 : left ? 1 : -1;
    return {
      steeringAngle: this.steering.step(direction, speed, period),
      throttle: this.#any(FASTER) ? 1 : 0,
      brake,
      active: left || right || brake > 0,
    };
  }

  dispose(): void {
    this.#stop.abort();
  }

  #any(codes: readonly string[]): boolean {
    return codes.some((code) => this.#pressed.has(code));
  }

  #down(event: KeyboardEvent): void {
    if (!ALL.has(event.code) || event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
    event.preventDefault();
    this.#pressed.add(event.code);
  }
}

/** Whether the key belongs to a field, a list or a slider that has the focus. */
export function takesKeys(event: KeyboardEvent): boolean {
  const target = event.target as Element | null;
  if (target?.closest?.('input, select, textarea, dialog, [role=radiogroup], [role=slider]')) return true;
  // The space bar presses the button that has the focus.
  return event.code === 'Space' && target?.closest?.('button, a, summary') != null;
}
