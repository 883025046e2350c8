import type { ImageCodec } from '../images/codec.ts';
import type { Cut } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import type { FileStorage } from '../storage/storage.ts';
import type { ColumnReadings } from './columns/readings.ts';

/** How to read a recording; every format takes what concerns it. */
export interface OpenOptions {
  /** Leave bad samples out and list them in `skipped`, instead of stopping at the first. Default false. */
  readonly skipBad?: boolean;
  /**
   * With `skipBad`: the samples with a picture that cannot be decoded, where they are known already, so that not every
   * picture is decoded to find them. `[]` for whoever decodes each picture anyway, as imports and exports do.
   */
  readonly badPictures?: readonly number[];
  /** Steering-wheel angle over road-wheel angle, for formats that store the angle at the road wheels. Default 15.5. */
  readonly steeringRatio?: number;
  /** Road-wheel angle of a stored steering of 1 [rad], for formats that store a share. Default: the format's own. */
  readonly fullSteering?: number;
  /** Rate of a format that has no times [Hz]. Default: the format's usual rate. */
  readonly rate?: number;
  /** How columns are to be read where the format does not say, or says it wrongly; beside what `columns.json` says. */
  readonly columns?: ColumnReadings;
  /** Cuts that count instead of those in the recording's folder; with `[]` nothing is left out. */
  readonly cuts?: readonly Cut[];
  /** Called before a video is opened: gives machines without WebCodecs the chance to bring some. */
  readonly prepareVideo?: () => Promise<unknown>;
}

/** The line of a format in docs/formats.md, in Markdown. */
export interface FormatDocs {
  /** What it is told from other formats by. */
  readonly knownBy: string;
  /** Unit and sign of the steering as it is stored, and the factor to rad. */
  readonly steering: string;
  readonly others: string;
  readonly times: string;
  readonly cameras: string;
}

/** A kind of recording that can be read: all that the program knows of it. `formats` in open.ts lists them. */
export interface RecordingFormat {
  /** Stable name, kebab-case. Samples of it lie in `datasets/formats/samples/<name>`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /**
   * Whether it is read through parsers of video or other containers. Damage may send those round in circles, so they
   * are to run where they can be ended.
   */
  readonly container?: boolean;
  /** Extensions that its files may have, lower case, without the dot. */
  readonly files: readonly string[];
  /** Whether each such file can be a recording by itself; else it stands for the folder that it lies in. */
  readonly whole?: boolean;
  readonly docs: FormatDocs;
  /** Whether the storage holds a recording of this kind, judged by content. */
  detect(storage: FileStorage): Promise<boolean>;
  /** Whether the storage can be tried as one when a person asks for it by name. Default: as `detect`. */
  canRead?(storage: FileStorage): Promise<boolean>;
  /** @throws Refusal naming file, line and field of the first bad sample */
  open(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording>;
}

export { DEFAULT_STEERING_RATIO, METRES_PER_SECOND_PER_MPH, RADIANS_PER_DEGREE } from './units.ts';
