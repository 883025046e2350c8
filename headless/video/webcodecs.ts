/**
 * Not among our dependencies: npm cannot lock it, because its packages for some platforms are missing from the registry.
 * Whoever wants video in Node installs it beside us.
 */
const PACKAGE: string = '@napi-rs/webcodecs';

let registration: Promise<boolean> | undefined;

/**
 * Gives Node the WebCodecs classes that browsers have, from an optional package (FFmpeg inside).
 * @returns false where the package is absent or has no binary for this machine
 */
export function registerWebCodecs(): Promise<boolean> {
  registration ??= register();
  return registration;
}

async function register(): Promise<boolean> {
  if (typeof globalThis.VideoDecoder === 'function') return true;
  try {
    const { VideoDecoder, VideoEncoder, VideoFrame, EncodedVideoChunk, VideoColorSpace } = (await import(
      PACKAGE
    )) as typeof globalThis;
    Object.assign(globalThis, { VideoDecoder, VideoEncoder, VideoFrame, EncodedVideoChunk, VideoColorSpace });
    return true;
  } catch {
    return false;
  }
}
