import { Refusal } from '../refusal.ts';

/** What one side answers to: named functions, whose arguments and results can be copied. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface Question {
  /** Number of the question, unlike that of all others on this connection. */
  readonly asks: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly answers: number; readonly value: unknown }
  | { readonly answers: number; readonly error: SentError };

/** An error as something that can be copied. */
export interface SentError {
  readonly message: string;
  /** Of a refusal; null for faults of ours. */
  readonly code: string | null;
  readonly stack: string | undefined;
}

/** What has been thrown, made ready to be sent. */
export function packError(thrown: unknown): SentError {
  if (!(thrown instanceof Error)) return { message: String(thrown), code: null, stack: undefined };
  return { message: thrown.message, code: thrown instanceof Refusal ? thrown.code : null, stack: thrown.stack };
}

/** The error again; a refusal as a refusal. */
export function unpackError({ message, code, stack }: SentError): Error {
  if (code !== null) return Refusal.repeated(code, message);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}
