import { createRequire } from 'node:module';

/**
 * Packages that bring WebCodecs, the first that loads is taken. The whole package is not among our dependencies: npm
 * cannot lock it, because its packages for some platforms are missing from the registry. Its binary for the commonest
 * Linux is, as an optional one; elsewhere whoever wants video in Node installs the whole package beside us.
 */
const PACKAGES = ['@napi-rs/webcodecs', '@napi-rs/webcodecs-linux-x64-gnu'];

let registration: Promise<boolean> | undefined;

/**
 * Gives Node the WebCodecs classes that browsers have, from an optional package (FFmpeg inside).
 * @returns false where no package is installed that has a binary for this machine
 */
export function registerWebCodecs(): Promise<boolean> {
  registration ??= register();
  return registration;
}

async function register(): Promise<boolean> {
  if (typeof globalThis.VideoDecoder === 'function') return true;
  // Native add-ons can be required, not imported.
  const require = createRequire(import.meta.url);
  for (const name of PACKAGES) {
    try {
      const { VideoDecoder, VideoEncoder, VideoFrame, EncodedVideoChunk, VideoColorSpace } = require(
        name,
      ) as typeof globalThis;
      Object.assign(globalThis, { VideoDecoder, VideoEncoder, VideoFrame, EncodedVideoChunk, VideoColorSpace });
      return true;
    } catch {
      // Absent, or not for this machine.
    }
  }
  return false;
}
