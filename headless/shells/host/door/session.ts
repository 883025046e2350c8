import { randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';

/**
 * Lets one browser in: the token in the address is worth a session once. Nothing of it is stored, so a host that is
 * started again knows none of the sessions before.
 */
export class Session {
  readonly #cookie: string;
  readonly #secret = randomBytes(32).toString('base64url');
  #token: string | undefined = randomBytes(32).toString('base64url');

  /** @param port cookies do not tell ports apart, and another host may run beside this one */
  constructor(port: number) {
    this.#cookie = `wheelhouse-${port}`;
  }

  /** The token that has not been used yet. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Trades the token for a `Set-Cookie` value; undefined for a wrong token, or one that was used. */
  redeem(token: string): string | undefined {
    if (this.#token === undefined || !same(token, this.#token)) return undefined;
    this.#token = undefined;
    return serialize(this.#cookie, this.#secret, { path: '/', httpOnly: true, sameSite: 'Strict' });
  }

  /** Whether a `Cookie` header holds the session. */
  admits(header: string | null): boolean {
    return same(parse(header ?? '', this.#cookie)[this.#cookie] ?? '', this.#secret);
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
