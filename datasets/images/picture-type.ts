/** Whether the bytes of a picture are PNG or JPEG, the kinds that recordings hold: PNG begins with byte 0x89. */
export function pictureType(bytes: Uint8Array): 'jpeg' | 'png' {
  return bytes[0] === 0x89 ? 'png' : 'jpeg';
}
