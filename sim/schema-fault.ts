import type { z } from 'zod';
import { didYouMean } from './nearest-name.ts';

/** What is wrong with a document, for a person who wrote it by hand. */
export interface SchemaFault {
  /** Fields and places in lists that lead to what is wrong. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly mend: string;
}

/**
 * The first fault that a schema finds in a document: with the likest name for one that is mistyped, and with what the
 * schema's metadata say of the field.
 * @param issues as the schema gave them
 * @param otherwise how to mend what the schema says nothing more of
 */
export function schemaFault(
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
  document: unknown,
  otherwise: string,
): SchemaFault {
  const issue = mostTelling(issues[0]!);
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const fields = schemasAt(schema, path, document).flatMap((part) => Object.keys(part._zod.def.shape ?? {}));
    const known = [...new Set(fields)];
    return { path: [...path, key], what: 'there is no such field', mend: didYouMean(short(key), known) };
  }
  const value = valueAt(document, path);
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    return { path, what: `is ${quote(value)}`, mend: didYouMean(short(value), issue.values.map(String)) };
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const known = schemasAt(schema, path.slice(0, -1), null).flatMap((part) => literalOf(part, issue.discriminator!));
    return { path, what: `is ${quote(value)}`, mend: didYouMean(short(String(value)), known) };
  }
  const what = value === undefined ? 'is missing' : lowerFirst(issue.message);
  return { path, what, mend: meaning(schema, path, document) ?? otherwise };
}

/** Where one of several forms was asked for: what is wrong by the form that comes nearest. */
function mostTelling(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const first = issue.errors.map((errors) => mostTelling(errors[0]!));
  // What is wrong deep inside was meant to be that form; another form altogether is refused at its root.
  const distanceOf = ({ code, path }: z.core.$ZodIssue) =>
    path.length > 0 ? 0 : code === 'invalid_type' ? 3 : code === 'invalid_value' ? 2 : 1;
  const nearest = first.sort((a, b) => distanceOf(a) - distanceOf(b))[0]!;
  return distanceOf(nearest) === 3 ? issue : { ...nearest, path: [...issue.path, ...nearest.path] };
}

/** A schema as far as it is looked into here. */
interface Part {
  readonly _zod: {
    readonly def: {
      readonly type: string;
      readonly innerType?: Part;
      readonly options?: readonly Part[];
      readonly shape?: Readonly<Record<string, Part>>;
      readonly element?: Part;
      readonly values?: readonly unknown[];
    };
  };
}

/** The forms that a schema allows, without what only wraps them. */
function formsOf(schema: Part): Part[] {
  const { innerType, options } = schema._zod.def;
  if (innerType !== undefined) return formsOf(innerType);
  return options === undefined ? [schema] : options.flatMap(formsOf);
}

/** The forms that are allowed at a place; of those that a literal tells apart, the one that is meant. */
function schemasAt(schema: z.ZodType, path: readonly (string | number)[], document: unknown): Part[] {
  let forms = formsOf(schema as unknown as Part);
  let value = document;
  const meant = () => {
    const fitting = forms.filter(({ _zod: { def } }) => fits(def.shape, value));
    return fitting.length > 0 ? fitting : forms;
  };
  for (const step of path) {
    forms = meant().flatMap(({ _zod: { def } }) => {
      const next = typeof step === 'number' ? def.element : ownField(def.shape, step);
      return next === undefined ? [] : formsOf(next);
    });
    value = valueAt(value, [step]);
  }
  return meant();
}

function fits(shape: Readonly<Record<string, Part>> | undefined, value: unknown): boolean {
  if (shape === undefined) return true;
  return Object.entries(shape).every(([name, { _zod }]) => {
    return _zod.def.type !== 'literal' || _zod.def.values?.includes(valueAt(value, [name])) === true;
  });
}

function literalOf({ _zod: { def } }: Part, field: string): string[] {
  return (ownField(def.shape, field)?._zod.def.values ?? []).map(String);
}

function ownField(shape: Readonly<Record<string, Part>> | undefined, name: string): Part | undefined {
  return shape !== undefined && Object.hasOwn(shape, name) ? shape[name] : undefined;
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    document,
  );
}

/** What the field is, as its schema tells it. */
function meaning(schema: z.ZodType, path: readonly (string | number)[], document: unknown): string | undefined {
  const parent = schemasAt(schema, path.slice(0, -1), document);
  const field = parent.map(({ _zod: { def } }) => ownField(def.shape, String(path.at(-1)))).find((one) => one);
  const { description, unit } = field === undefined ? {} : metaOf(field);
  if (description === undefined) return undefined;
  return `it is ${description}${typeof unit === 'string' ? ` [${unit}]` : ''}`;
}

/** The metadata of a schema, or of what it wraps. */
function metaOf(schema: Part): { readonly description?: unknown; readonly unit?: unknown } {
  const { innerType } = schema._zod.def;
  return (schema as unknown as z.ZodType).meta() ?? (innerType === undefined ? {} : metaOf(innerType));
}

/** Hostile names may be long, and are told to people. */
function short(name: string): string {
  return name.slice(0, 100);
}

function quote(value: unknown): string {
  return short(JSON.stringify(value) ?? 'missing');
}

function lowerFirst(message: string): string {
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`;
}
