/** Bytes that become text at a time: more arguments than an engine takes would be a fault. */
const CHUNK = 0x8000;

/** Bytes in base64, as `data:` addresses hold them. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}
