import { Refusal } from '../../refusal.ts';
import { attributeOf, type XmlElement } from './read-xml.ts';

/** Reads one element's attributes, and knows where it is for the sake of messages. */
export class Fields {
  readonly element: XmlElement;
  /** e.g. `fabriksgatan.xodr: road 5: geometry 2`. */
  readonly where: string;

  constructor(element: XmlElement, where: string) {
    this.element = element;
    this.where = where;
  }

  refuse(what: string, mend: string): Refusal {
    return new Refusal('bad-opendrive', this.where, what, mend);
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

  cubic(names: readonly [string, string, string, string], fallback?: number): [number, number, number, number] {
    return [
      this.number(names[0], fallback),
      this.number(names[1], fallback),
      this.number(names[2], fallback),
      this.number(names[3], fallback),
    ];
  }
}
