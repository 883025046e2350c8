import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

/** Smallest window in which every page is whole [px]. */
export const SMALLEST = { width: 1024, height: 700 };
const USUAL = { width: 1440, height: 900 };

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(SMALLEST.width),
  height: z.int().min(SMALLEST.height),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

/**
 * Where the window was when it was last closed. A place that no screen shows any more is not gone back to.
 * @param screens areas of the screens there are now
 */
export function readWindowState(file: string, screens: readonly Rectangle[]): Partial<WindowState> {
  let state: WindowState | undefined;
  try {
    state = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // The first start, or a file that is no longer whole: the usual place will do.
  }
  if (state === undefined) return USUAL;
  const { x, y, width, height, maximised } = state;
  const middle = { x: x + width / 2, y: y + height / 2 };
  const isSeen = screens.some(
    (screen) =>
      middle.x >= screen.x &&
      middle.x < screen.x + screen.width &&
      middle.y >= screen.y &&
      middle.y < screen.y + screen.height,
  );
  return isSeen ? state : { width, height, maximised };
}

/** Remembers where the window is. Synchronous, because the process ends right after. */
export function writeWindowState(file: string, window: BrowserWindow): void {
  const state: WindowState = { ...window.getNormalBounds(), maximised: window.isMaximized() };
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(state));
    renameSync(`${file}.tmp`, file);
  } catch {
    // A window that opens in its usual place next time is no reason to keep a person from closing this one.
  }
}
