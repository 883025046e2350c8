import { signal } from '@preact/signals';
import type { Status } from '../../host-api/contract.ts';
import { HostRefusal } from '../../host-api/request.ts';
import { host } from './host.ts';

/** Whether the host answers; `locked`: it does, but this page has no valid key. */
export const hostState = signal<'asking' | 'there' | 'locked' | 'lost'>('asking');
/** What the host says of itself; null until it has answered. */
export const hostStatus = signal<Status | null>(null);

/** Time between two questions while the host is there, and while it is lost [ms]. */
const CALM = 10_000;
const ANXIOUS = 1500;

/** Asks the host from time to time whether it is there; the page goes on by itself when it comes back. */
export async function watchHost(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      hostStatus.value = await host.status();
      hostState.value = 'there';
    } catch (error) {
      hostState.value = error instanceof HostRefusal && error.code === 'no-session' ? 'locked' : 'lost';
    }
    await new Promise((resolve) => setTimeout(resolve, hostState.value === 'there' ? CALM : ANXIOUS));
  }
}
