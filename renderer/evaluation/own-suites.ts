import { signal } from '@preact/signals';
import { parseSuite } from '../../evaluation/suites/read-suite.ts';
import type { NewJob } from '../../host-api/contract.ts';
import { decodeText } from '../../sim/decode-text.ts';
import { Refusal } from '../../sim/refusal.ts';

/** A suite file that a person handed to this page. */
export interface OwnSuite {
  readonly name: string;
  readonly description: string;
  /** How many there are. */
  readonly episodes: number;
  /** As the host takes it. */
  readonly document: Exclude<NewJob['suite'], string>;
}

/** Larger files are no suites [bytes]; the host takes no larger body either. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Suites of the person's own, the newest of a name; they are kept until the page is closed. */
export const ownSuites = signal<readonly OwnSuite[]>([]);

/**
 * Takes a suite file in.
 * @returns its name
 * @throws Refusal that names the file, the episode and the field
 */
export async function takeInSuite(file: File): Promise<string> {
  if (file.size > MAX_BYTES) {
    throw new Refusal('too-large', file.name, 'is too large for a suite', 'part it into several suites');
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  const { name, description, episodes } = parseSuite(text, file.name);
  const suite = { name, description, episodes: episodes.length, document: JSON.parse(text) };
  ownSuites.value = [...ownSuites.value.filter((other) => other.name !== name), suite];
  return name;
}
