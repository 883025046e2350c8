import os from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import { bytesOf, hashHex } from '../../../datasets/recording/hash.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import { packageInfo } from '../../machine/package-info.ts';
import type { RunConfig, RunData, RunDescription } from './run-schema.ts';

/** Hashes what is trained on: the pictures' fingerprints and all columns. */
export async function describeData(recordings: readonly Recording[]): Promise<RunData> {
  const described: RunData['recordings'] = [];
  for (const { metadata, length, columns, cameras } of recordings) {
    const parts: Uint8Array[] = [];
    const text = (value: string) => parts.push(new TextEncoder().encode(value));
    for (const name of Object.keys(cameras).sort()) {
      text(`camera ${name}`);
      text((await cameras[name]!.fingerprint?.()) ?? JSON.stringify(metadata));
    }
    for (const name of Object.keys(columns).sort()) {
      text(`column ${name}`);
      parts.push(bytesOf(columns[name]!));
    }
    described.push({ name: metadata.name, samples: length, sha256: hashHex(parts) });
  }
  const all = described.map(({ sha256 }) => new TextEncoder().encode(sha256));
  return { sha256: hashHex(all), recordings: described };
}

/** `run.json` of a run that begins now. */
export function describeRun(
  config: RunConfig,
  data: RunData,
  backend: BackendName,
  adapter: string | null = null,
): RunDescription {
  return {
    format: 'wheelhouse-run',
    version: 1,
    begun: new Date().toISOString(),
    config,
    seed: config.training.seed,
    data,
    environment: {
      wheelhouse: packageInfo.version,
      node: process.version,
      tfjs: version_core,
      platform: `${os.platform()} ${os.arch()}`,
      cpus: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}`,
      backend,
      adapter,
    },
  };
}
