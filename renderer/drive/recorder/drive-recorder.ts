import { type Signal, signal } from '@preact/signals';
import type { RecorderWarning } from '../../../datasets/formats/wheelhouse/recorder-watch.ts';
import type { RecordingWriter } from '../../../datasets/formats/wheelhouse/recording-writer.ts';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { drivenMetadata, drivenValues } from '../../../datasets/recording/driven.ts';
import type { RecordingMetadata } from '../../../datasets/recording/metadata.ts';
import type { CameraMount } from '../../../sim/camera/mount.ts';
import type { Tick } from '../../../sim/episode/episode.ts';
import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import { host } from '../../host/host.ts';
import { browserCodec } from '../../images/browser-codec.ts';
import type { Charge } from '../seat/seat.ts';
import type { TickListener } from '../session/drive-session.ts';
import { writeIncidents } from '../session/incident-file.ts';
import { type Incident, incidentsSince } from '../session/incidents.ts';
import { type DriveSetup, specOf } from '../session/setup.ts';
import { QualityWatch } from './quality.ts';

interface RecorderOptions {
  readonly setup: DriveSetup;
  readonly mount: CameraMount;
  readonly name: string;
  /** Record only what a person drives: corrections, while a model has the wheel otherwise. */
  readonly correctionsOnly: boolean;
  readonly onFailure: (error: unknown) => void;
}

/** Writes what is driven into a new recording of the library, sample by sample. */
export class DriveRecorder implements TickListener {
  readonly wantsFrames = true;
  readonly id: string;
  /** Samples so far. */
  readonly samples = signal(0);
  /** That the disk is slow or nearly full, or null. */
  readonly warning: Signal<RecorderWarning | null>;
  readonly quality = new QualityWatch();
  readonly #writer: RecordingWriter;
  readonly #options: RecorderOptions;
  #gap = false;
  /** World time of the first tick it heard of [s]. */
  #begin: number | undefined;
  #stopped = false;

  private constructor(
    id: string,
    writer: RecordingWriter,
    warning: Signal<RecorderWarning | null>,
    options: RecorderOptions,
  ) {
    this.id = id;
    this.#writer = writer;
    this.warning = warning;
    this.#options = options;
  }

  /** @throws Refusal when the host has no room for it */
  static async start(options: RecorderOptions): Promise<DriveRecorder> {
    const { id } = await host.createRecording({ name: options.name });
    const warning = signal<RecorderWarning | null>(null);
    const writer = await createRecordingWriter(host.files('recordings', id), metadataOf(options), browserCodec, {
      // A person drives in real time: rather a gap in the recording than a halt on the road, or a full memory.
      whenFull: 'drop',
      onWarning(now) {
        warning.value = now;
      },
    });
    return new DriveRecorder(id, writer, warning, options);
  }

  ticked(tick: Tick, charge: Charge): void {
    if (this.#stopped) return;
    this.#begin ??= tick.time;
    const skipped = this.#options.correctionsOnly && charge === 'driver';
    if (skipped || tick.frames.centre === undefined) {
      this.#gap = this.samples.peek() > 0;
      return;
    }
    const { time, frames, intervened } = tick;
    // Whoever it is that drives by program, what is learnt from is what the expert would have done; a person is believed.
    const command = charge === 'driver' ? (tick.label ?? tick.command) : tick.command;
    this.#writer
      .append({ time, values: drivenValues(tick, command), frames, gap: this.#gap || intervened })
      .catch((error) => this.#fail(error));
    this.#gap = false;
    this.samples.value = this.#writer.count;
    this.quality.see(command.steeringAngle, tick.state.speed, CONTROL_PERIOD);
  }

  /**
   * Writes what waits.
   * @param incidents of the drive; those since the recording began are written beside the samples
   * @returns the id of the recording, or null when nothing was recorded
   */
  async stop(incidents: readonly Incident[]): Promise<string | null> {
    this.#stopped = true;
    await this.#writer.close();
    if (this.samples.peek() === 0) {
      await host.remove('recordings', this.id);
      return null;
    }
    const begin = this.#begin ?? 0;
    const since = incidentsSince(incidents, begin);
    if (since.length > 0) await writeIncidents(host.files('recordings', this.id), since);
    await host.closeRecording(this.id);
    return this.id;
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.onFailure(error);
  }
}

function metadataOf({ setup, mount, name }: RecorderOptions): RecordingMetadata {
  const driven = { name, driver: setup.driver, spec: specOf(setup), rig: { centre: mount } };
  return { ...drivenMetadata(driven), createdAt: new Date().toISOString() };
}
