/** Options by name, some of which hold settings of their own. */
export type Nested = Record<string, unknown>;

/** Puts a value under a name whose dots lead into an option: `schedule.kind`. What it leads through is copied first. */
export function putUnder(options: Nested, name: string, value: unknown): void {
  const [first, ...rest] = name.split('.') as [string, ...string[]];
  if (rest.length === 0) {
    options[first] = value;
    return;
  }
  const inner = { ...(Object.hasOwn(options, first) ? (options[first] as Nested) : {}) };
  putUnder(inner, rest.join('.'), value);
  options[first] = inner;
}
