import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { canonicalJson } from '../episode-key.ts';

/** Hexadecimal digits that tell episodes on the same road apart. */
const DIGITS = 8;

/** The id of an episode that was not given one: its road, and a digest of all that it says. */
export function episodeIdOf(spec: EpisodeSpec): string {
  const road = spec.track
    .split(':')
    .slice(0, 2)
    .join('-')
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 60);
  return `${road}-${bytesToHex(sha256(utf8ToBytes(canonicalJson(spec)))).slice(0, DIGITS)}`;
}
