/** Topic with the labels and the state of each sample; topics of cameras lie below `/camera/`. */
export const VEHICLE_TOPIC = '/vehicle';
export const CAMERA_TOPIC = '/camera/';
export const IMAGE_SCHEMA = 'foxglove.CompressedImage';

const time = {
  type: 'object',
  title: 'time',
  properties: { sec: { type: 'integer', minimum: 0 }, nsec: { type: 'integer', minimum: 0, maximum: 999_999_999 } },
};

/** JSON Schema of a compressed image as Foxglove and Lichtblick know it. */
export const imageSchema = {
  title: IMAGE_SCHEMA,
  type: 'object',
  properties: {
    timestamp: time,
    frame_id: { type: 'string' },
    data: { type: 'string', contentEncoding: 'base64' },
    format: { type: 'string' },
  },
};

/** JSON Schema of `/vehicle`: a number for each column. */
export function vehicleSchema(columns: readonly string[]): object {
  const properties = Object.fromEntries(columns.map((name) => [name, { type: 'number' }]));
  return {
    title: 'wheelhouse.Vehicle',
    type: 'object',
    properties: { time: { type: 'number' }, gap: { type: 'boolean' }, ...properties },
  };
}

export const nanoseconds = (seconds: number): bigint => BigInt(Math.round(seconds * 1e9));

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** @throws DOMException when the text is no base64 */
export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
