import { adjustReadings } from '../../../datasets/formats/columns/readings.ts';
import type { Finding } from '../../../datasets/inspection/inspection.ts';
import { findDropouts } from '../../../datasets/recording/dropouts.ts';
import { mendDropouts } from '../../../datasets/recording/edits.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import type { NewImport, RecordingChanges } from '../../../host-api/contract.ts';

/** What a person may do about a finding at once. */
export type Mend =
  | { readonly kind: 'flip-steering' }
  | { readonly kind: 'dropouts'; readonly how: 'interpolate' | 'cut' }
  /** Makes other recordings of it, since which samples follow each other is no edit. */
  | { readonly kind: 'clock'; readonly clock: NonNullable<NewImport['clock']> };

/** A button beside a finding. */
export interface OfferedMend {
  readonly label: string;
  readonly mend: Mend;
}

const SORT: OfferedMend = { label: 'Sort by time', mend: { kind: 'clock', clock: 'sort' } };
const SPLIT: OfferedMend = { label: 'Split it there', mend: { kind: 'clock', clock: 'split' } };
const DROPOUTS: readonly OfferedMend[] = [
  { label: 'Bridge the dropouts', mend: { kind: 'dropouts', how: 'interpolate' } },
  { label: 'Cut the dropouts out', mend: { kind: 'dropouts', how: 'cut' } },
];
const FLIP: readonly OfferedMend[] = [{ label: 'Turn the sign round', mend: { kind: 'flip-steering' } }];

/** By the code of the finding. */
const OFFERS: Readonly<Record<string, readonly OfferedMend[]>> = {
  sign: FLIP,
  'sign-unclear': FLIP,
  'several-recordings': [SPLIT, SORT],
  backwards: [SORT, SPLIT],
  'repeated-times': [SORT],
};

/** The buttons of a list of findings: each mend stands beside the first finding that offers it. */
export function offeredMends(findings: readonly Finding[]): ReadonlyMap<Finding, readonly OfferedMend[]> {
  const seen = new Set<string>();
  return new Map(
    findings.map((finding) => {
      const offers = finding.code.startsWith('dropouts-') ? DROPOUTS : (OFFERS[finding.code] ?? []);
      const fresh = offers.filter(({ label }) => !seen.has(label));
      for (const { label } of fresh) seen.add(label);
      return [finding, fresh];
    }),
  );
}

/**
 * Edits with one mend more; the same ones come of `wheelhouse edit`.
 * @param whole the recording with the samples that are cut out
 */
export function withMend(
  edits: RecordingChanges,
  mend: Exclude<Mend, { kind: 'clock' }>,
  whole: Recording,
): RecordingChanges {
  if (mend.kind === 'dropouts') return { ...edits, ...mendDropouts(edits, findDropouts(whole), mend.how) };
  return { ...edits, columns: adjustReadings(edits.columns ?? {}, { steering: { flip: true } }) };
}
