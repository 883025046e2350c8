import { Refusal } from '../../refusal.ts';
import type { Notes } from './notes.ts';
import { attributeOf, type XmlElement } from './read-xml.ts';

/** Reads one element's attributes, and knows where it is for the sake of messages. */
export class Fields {
  readonly element: XmlElement;
  readonly file: string;
  /** Place in the file, e.g. `road 5: geometry 2`. */
  readonly place: string;
  readonly #notes: Notes;

  constructor(element: XmlElement, file: string, place: string, notes: Notes) {
    this.element = element;
    this.file = file;
    this.place = place;
    this.#notes = notes;
  }

  /** Reads an element within this one. @param name e.g. `geometry 2` */
  within(element: XmlElement, name: string): Fields {
    return new Fields(element, this.file, `${this.place}: ${name}`, this.#notes);
  }

  /** Tells what is tolerated here, or left out. */
  note(what: string): void {
    this.#notes.add(what, this.place);
  }

  refuse(what: string, mend: string): Refusal {
    return new Refusal('bad-opendrive', `${this.file}: ${this.place}`, what, mend);
  }

  /** A finite number. @throws Refusal when it is absent (and there is no `fallback`) or no number */
  number(name: string, fallback?: number): number {
    const text = attributeOf(this.element, name);
    if (text === undefined || text === '') {
      if (fallback !== undefined) return fallback;
      throw this.refuse(`the attribute ${name} is missing`, 'add it, or export the file again');
    }
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.refuse(`${name} is "${text.slice(0, 40)}"`, 'give a finite number');
    return value;
  }

  /** @throws Refusal when it is absent */
  text(name: string): string {
    const text = attributeOf(this.element, name);
    if (text === undefined) throw this.refuse(`the attribute ${name} is missing`, 'add it, or export the file again');
    return text;
  }

  optionalText(name: string): string | undefined {
    return attributeOf(this.element, name);
  }

  /**
   * One of some words, whatever their case.
   * @throws Refusal for another one
   */
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const text = attributeOf(this.element, name);
    if (text === undefined || text === '') return fallback;
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw this.refuse(`${name} is "${text.slice(0, 40)}"`, `give ${words.join(' or ')}`);
    return found;
  }

  cubic(names: readonly [string, string, string, string], fallback?: number): [number, number, number, number] {
    return [
      this.number(names[0], fallback),
      this.number(names[1], fallback),
      this.number(names[2], fallback),
      this.number(names[3], fallback),
    ];
  }
}

/** An element that holds from a place on. */
export interface Started {
  /** [m] */
  readonly start: number;
  readonly entry: Fields;
}

/**
 * Elements by a start that each states, whatever the order in which they stand; what is out of order is told.
 * @param name attribute with the start, e.g. `s` or `sOffset`
 * @param fallback start of an element that states none; without it, all must
 */
export function inOrder(entries: readonly Fields[], name: string, fallback?: number): Started[] {
  const started = entries.map((entry) => ({ start: entry.number(name, fallback), entry }));
  const late = started.find(({ start }, i) => i > 0 && start < started[i - 1]!.start);
  if (!late) return started;
  late.entry.note(`elements are out of order, and are taken by their ${name}`);
  return started.sort((a, b) => a.start - b.start);
}
