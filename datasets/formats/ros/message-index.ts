/** What an index must know of a message. */
export interface IndexedMessage {
  /** When it was written [ns]. */
  readonly written: bigint;
}

/** Finds the messages of a log by channel and time; made by reading a log from front to back. */
export class MessageIndex<E extends IndexedMessage> {
  #count = 0;
  readonly #byChannel = new Map<number, { readonly entries: E[]; sorted: boolean }>();

  /** Messages in it. */
  get size(): number {
    return this.#count;
  }

  add(channel: number, entry: E): void {
    this.#count++;
    const list = this.#byChannel.get(channel);
    if (list === undefined) this.#byChannel.set(channel, { entries: [entry], sorted: true });
    else {
      if (entry.written < list.entries.at(-1)!.written) list.sorted = false;
      list.entries.push(entry);
    }
  }

  /** Messages of some channels in the order in which they were written. @param from and @param to inclusive [ns] */
  between(channels: readonly number[], from?: bigint, to?: bigint): E[] {
    const found = channels.flatMap((channel) => {
      const list = this.#byChannel.get(channel);
      if (list === undefined) return [];
      if (!list.sorted) list.entries.sort(inTime);
      list.sorted = true;
      const start = from === undefined ? 0 : firstFrom(list.entries, from);
      return list.entries.slice(start, to === undefined ? undefined : firstFrom(list.entries, to + 1n));
    });
    // The messages of one channel are in order already; a sort keeps those of one moment as they are.
    return channels.length > 1 ? found.sort(inTime) : found;
  }
}

function inTime(a: IndexedMessage, b: IndexedMessage): number {
  if (a.written === b.written) return 0;
  return a.written < b.written ? -1 : 1;
}

/** Place of the first message that was not written before a time. */
function firstFrom(list: readonly IndexedMessage[], time: bigint): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.written < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
