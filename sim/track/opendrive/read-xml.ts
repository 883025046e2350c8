import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Refusal } from '../../refusal.ts';

/** An element as the parser gives it: attributes begin with `@`, children are lists by name. */
export type XmlElement = { readonly [name: string]: unknown };

/** Larger files are not roads for driving; all sections of a whole town fit in this [characters]. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * Parses XML without following anything that leads out of it.
 * @param file its name, for messages
 * @throws Refusal `bad-opendrive`
 */
export function readXml(text: string, file: string): XmlElement {
  const refuse = (what: string, mend: string) => new Refusal('bad-opendrive', file, what, mend);
  if (text.length > MOST_CHARACTERS) {
    throw refuse(`it has ${text.length} characters`, 'cut it down to the roads that are driven');
  }
  // Entities can grow without bound and reach for other files; OpenDRIVE has no use for them.
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw refuse('it declares a document type or entities', 'remove the <!DOCTYPE> part');
  const document = fromDeclaration(text);
  const verdict = XMLValidator.validate(document);
  if (verdict !== true) {
    throw refuse(`it is no well-formed XML (line ${verdict.err.line}: ${verdict.err.msg})`, 'export it again');
  }
  return PARSER.parse(document) as XmlElement;
}

/** The text from its declaration on, which must come first: some write their licence before it. */
function fromDeclaration(text: string): string {
  const at = text.indexOf('<?xml');
  const before = text.slice(0, Math.max(0, at)).replaceAll(/<!--[\s\S]*?-->/g, '');
  return before.trim() === '' ? text.slice(Math.max(0, at)) : text;
}

/** The children of that name, in the order of the file. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = element[name];
  if (!Array.isArray(children)) return [];
  return children.map((child) => (typeof child === 'object' && child !== null ? (child as XmlElement) : {}));
}

/** The first child of that name, or one without anything. */
export function childOf(element: XmlElement, name: string): XmlElement {
  return childrenOf(element, name)[0] ?? {};
}

/** An attribute, or undefined. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === 'string' ? value.trim() : undefined;
}
