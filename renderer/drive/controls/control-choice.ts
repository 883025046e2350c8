import { signal } from '@preact/signals';
import { z } from 'zod';
import { preference } from '../../shell/preferences.ts';
import type { ControlDevice } from './control-input.ts';
import { GamepadControl } from './gamepad.ts';
import { Keyboard } from './keyboard.ts';
import { Mouse } from './mouse.ts';
import { profileFor, profileSchema } from './profiles.ts';

/** With what a person steers. */
export const control = preference('control', z.enum(['keyboard', 'mouse', 'gamepad']), 'keyboard');
export type ControlName = typeof control.value;

/** How quickly keys turn the wheel. */
export const sensitivity = preference('sensitivity', z.number().min(0.3).max(3), 1);

/** Calibrated devices by the id that the browser gives them. */
export const profiles = preference('profiles', z.record(z.string(), profileSchema), {});

/** Counts pads and wheels that come and go. */
const changes = signal(0);
for (const event of ['gamepadconnected', 'gamepaddisconnected']) {
  globalThis.addEventListener?.(event, () => {
    changes.value++;
  });
}

/** The first pad or wheel that is connected and awake. */
export function connectedPad(): Gamepad | null {
  // Whoever asks in an effect or a component is asked again when that changes.
  void changes.value;
  return navigator.getGamepads?.().find((pad) => pad?.connected) ?? null;
}

/** Opens the chosen device. @param area where the mouse steers; null falls back to the keyboard */
export function openControl(name: ControlName, area: HTMLElement | null): ControlDevice {
  if (name === 'mouse' && area !== null) return new Mouse(area);
  const pad = name === 'gamepad' ? connectedPad() : null;
  if (pad) return new GamepadControl(pad.index, profiles.value[pad.id] ?? profileFor(pad.id, pad.mapping));
  const keyboard = new Keyboard();
  keyboard.steering.settings = { sensitivity: sensitivity.value };
  return keyboard;
}
