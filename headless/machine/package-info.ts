import { createRequire } from 'node:module';

interface PackageInfo {
  readonly version: string;
  readonly description: string;
  /** e.g. `{ node: '>=20.19' }` */
  readonly engines: { readonly node: string };
}

/** What package.json says about this program. It stands outside all layers, so that it is read and not imported. */
export const packageInfo = createRequire(import.meta.url)('../../package.json') as PackageInfo;
