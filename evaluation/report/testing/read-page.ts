import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser would read it, with what it found wrong. */
export interface ReadPage {
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
}

export function readPage(text: string): ReadPage {
  const errors: string[] = [];
  const document = parse(text, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  return { errors, elements: elementsOf(document) };
}

/** All text in an element. */
export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The elements with that class, in order. */
export function withClass(page: ReadPage, name: string): Element[] {
  return page.elements.filter((one) => attribute(one, 'class')?.split(' ').includes(name));
}

export function elementsOf(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []));
}
