/** Places that a note names before it only counts them. */
const NAMED = 3;

/** What was tolerated in a file or left out of it, told once for each kind, with how often and where. */
export class Notes {
  readonly #places = new Map<string, string[]>();

  /**
   * @param what is tolerated or left out, and what is done about it
   * @param place e.g. `road 5: geometry 2`
   */
  add(what: string, place: string): void {
    const places = this.#places.get(what);
    if (places) places.push(place);
    else this.#places.set(what, [place]);
  }

  /** One line a kind, in the order in which they were met. */
  lines(): string[] {
    return [...this.#places].map(([what, places]) => {
      const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
      return `${what} (${places.length}): ${places.slice(0, NAMED).join('; ')}${more}`;
    });
  }
}
