import { Refusal } from '../../sim/refusal.ts';

/** Between two tries [ms]. */
const INTERVAL = 1000;

/** Whether the host was stopped, or started anew and has not let this page in yet: it may be back in a moment. */
export function isAway(error: unknown): boolean {
  return error instanceof Refusal && (error.code === 'host-gone' || error.code === 'no-session');
}

/**
 * Asks the host until it is there.
 * @param work may run again from its beginning
 * @param away called when the host is found gone, and when it is back
 * @throws what the host refuses, or whatever else goes wrong
 */
export async function patiently<T>(
  work: () => Promise<T>,
  away: (isAway: boolean) => void = () => {},
  interval: number = INTERVAL,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await work();
      if (tries > 1) away(false);
      return result;
    } catch (error) {
      if (!isAway(error)) throw error;
      if (tries === 1) away(true);
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
