import { computed, signal } from '@preact/signals';
import type { RecordingChanges } from '../../host-api/contract.ts';

/** What a person has changed about a recording, step by step, so that each step can be taken back. */
export class EditHistory {
  readonly current;
  readonly canTakeBack;
  readonly #before = signal<readonly RecordingChanges[]>([]);
  readonly #save: (edits: RecordingChanges) => Promise<unknown>;
  #saving: Promise<unknown> = Promise.resolve();

  /** @param save keeps the edits; called in the order of the changes, one call at a time */
  constructor(initial: RecordingChanges, save: (edits: RecordingChanges) => Promise<unknown>) {
    this.current = signal(initial);
    this.canTakeBack = computed(() => this.#before.value.length > 0);
    this.#save = save;
  }

  /**
   * Changes something.
   * @throws what `save` throws; everything is as before then
   */
  async change(change: Partial<RecordingChanges>): Promise<void> {
    const before = this.#before.value;
    const old = this.current.value;
    this.#before.value = [...before, old];
    await this.#put({ ...old, ...change }, old, before);
  }

  /** Takes the last change back; nothing happens where there is none. */
  async takeBack(): Promise<void> {
    const before = this.#before.value;
    const last = before.at(-1);
    if (last === undefined) return;
    this.#before.value = before.slice(0, -1);
    await this.#put(last, this.current.value, before);
  }

  async #put(edits: RecordingChanges, old: RecordingChanges, before: readonly RecordingChanges[]): Promise<void> {
    this.current.value = edits;
    const saved = this.#saving.catch(() => undefined).then(() => this.#save(edits));
    this.#saving = saved;
    try {
      await saved;
    } catch (error) {
      this.current.value = old;
      this.#before.value = before;
      throw error;
    }
  }
}
