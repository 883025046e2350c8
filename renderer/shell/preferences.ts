import { effect, type Signal, signal } from '@preact/signals';
import type { z } from 'zod';

/**
 * A signal that outlives the page, in the browser's own storage. What is stored is checked when it is read, since
 * older versions of the app and other hands write there too.
 * @param fallback used when nothing is stored or what is stored does not fit
 */
export function preference<T>(name: string, schema: z.ZodType<T>, fallback: NoInfer<T>): Signal<T> {
  const key = `wheelhouse.${name}`;
  const kept = signal(read(key, schema) ?? fallback);
  let first = true;
  effect(() => {
    const text = JSON.stringify(kept.value);
    if (!first) write(key, text);
    first = false;
  });
  return kept;
}

function read<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage may be full or forbidden; the choice then lasts as long as the page.
  }
}
