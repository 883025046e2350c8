import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Something that was asked of the host. */
export interface Listing<T> {
  /** Null until the first answer. */
  readonly items: Signal<T | null>;
  /** Why the last question failed; null when it did not. */
  readonly problem: Signal<string | null>;
  refresh(): Promise<void>;
}

/** Keeps what the host answered, so that pages show it at once when they are opened again. */
export function listing<T>(ask: () => Promise<T>): Listing<T> {
  const items = signal<T | null>(null);
  const problem = signal<string | null>(null);
  return {
    items,
    problem,
    async refresh() {
      try {
        items.value = await ask();
        problem.value = null;
      } catch (error) {
        problem.value = error instanceof Error ? error.message : String(error);
      }
    },
  };
}

/** Asks again whenever the component appears. */
export function useListing<T>(list: Listing<T>): Listing<T> {
  useEffect(() => void list.refresh(), [list]);
  return list;
}
