/** Text that is HTML or SVG already and goes into a document as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Content = Markup | string | number | null | undefined | false | readonly Content[];

/**
 * Template for HTML and SVG: everything put into it is escaped, in text and in quoted attributes alike, unless it is
 * markup itself. Nothing is put in for null, undefined and false.
 */
export function html(parts: TemplateStringsArray, ...contents: Content[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + render(contents[i - 1]) + part));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (content === null || content === undefined || content === false) return '';
  if (Array.isArray(content)) return content.map(render).join('');
  return escapeText(String(content));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Also takes out what XML cannot hold, and the marks that turn the direction of writing around. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);
}
