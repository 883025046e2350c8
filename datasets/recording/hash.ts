import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 of parts, one after the other, each with its length before it. */
export function hashHex(parts: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const part of parts) hash.update(new TextEncoder().encode(`${part.length} `)).update(part);
  return bytesToHex(hash.digest());
}

/** The memory of a typed array as bytes. */
export function bytesOf(array: Float64Array | Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
