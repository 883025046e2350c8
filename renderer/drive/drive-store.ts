import { effect, signal } from '@preact/signals';
import { DEFAULT_FRONT_CAMERA } from '../../sim/camera/mount.ts';
import { onDeviceLost } from '../gpu/renderer.ts';
import { tellGuide } from '../guide/guide.ts';
import { recordings } from '../host/library.ts';
import { tell, tellFailure } from '../shell/toasts.tsx';
import { control, openControl, sensitivity } from './controls/control-choice.ts';
import { openPageDriver } from './drivers/open-page-driver.ts';
import { labelOf, modelOf } from './drivers/page-drivers.ts';
import { DriveRecorder } from './recorder/drive-recorder.ts';
import { DriveSession } from './session/drive-session.ts';
import { openPastDrive, type PastDriveChoice } from './session/past-drive.ts';
import { type DriveSetup, setup } from './session/setup.ts';
import type { ViewName } from './view/eyes.ts';
import { pictureQuality } from './view/picture-quality.ts';
import { RoadView } from './view/road-view.ts';

/** Everything behind the Drive page, from the moment it is opened until it is left. */
export class DriveStore {
  readonly session = signal<DriveSession | null>(null);
  readonly recorder = signal<DriveRecorder | null>(null);
  readonly view = signal<ViewName>('chase');
  readonly rate = signal(1);
  readonly problem = signal<string | null>(null);
  readonly #canvas: HTMLCanvasElement;
  readonly #stops: (() => void)[] = [];
  #road: RoadView | null = null;
  #left = false;
  #stopListening: (() => void) | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /**
   * Starts the renderer and the first drive.
   * @param options.go whether the car starts by itself
   * @param options.past a drive to be watched again instead
   */
  async open({ go, past }: { go: boolean; past: PastDriveChoice | null }): Promise<void> {
    try {
      this.#road = await RoadView.open(this.#canvas, pictureQuality());
    } catch (error) {
      this.problem.value = `The road cannot be drawn here: ${error instanceof Error ? error.message : error}. Use a browser with WebGPU or WebGL 2, and switch on hardware acceleration.`;
      return;
    }
    if (this.#left) return this.#road.dispose();
    const session = new DriveSession(this.#road);
    onDeviceLost(this.#road.renderer, (reason) => {
      if (!this.#left) this.problem.value = `The graphics device was lost (${reason}). Reload the page to go on.`;
    });
    this.session.value = session;
    this.#stops.push(
      effect(() => {
        const device = openControl(control.value, this.#canvas);
        // Reading the sensitivity here opens the keyboard anew when it changes.
        void sensitivity.value;
        session.hands.device = device;
      }),
      effect(() => {
        if (this.#road) this.#road.view = this.view.value;
      }),
      effect(() => {
        if (this.#road) this.#road.quality = pictureQuality();
      }),
      effect(() => {
        session.rate = this.rate.value;
      }),
      effect(() => {
        if (session.charge.value === 'person' && session.incidents.value.some(({ kind }) => kind === 'taken')) {
          tellGuide({ type: 'tookOver' });
        }
      }),
    );
    if (past !== null) return this.replay(past);
    await this.prepare(setup.value);
    if (go) this.session.value?.run();
  }

  /** Shows a past drive on its road; whoever is chosen as driver can go on from the start of it. */
  async replay(choice: PastDriveChoice): Promise<void> {
    try {
      const past = await openPastDrive(choice);
      await this.change(past.setup);
      const session = this.session.value;
      if (this.#left || session?.phase.value !== 'paused') return;
      session.replay(past);
    } catch (error) {
      tellFailure(error);
    }
  }

  /** Builds the world anew, for a new choice or a new start. */
  async prepare(choice: DriveSetup): Promise<void> {
    await this.stopRecording();
    await this.session.value?.prepare(choice, () => openPageDriver(choice.driver));
  }

  async change(part: Partial<DriveSetup>): Promise<void> {
    setup.value = { ...setup.value, ...part };
    await this.prepare(setup.value);
  }

  async startRecording(): Promise<void> {
    const session = this.session.value;
    if (session === null || this.recorder.value !== null) return;
    try {
      const model = modelOf(setup.value.driver);
      const recorder = await DriveRecorder.start({
        setup: setup.value,
        mount: DEFAULT_FRONT_CAMERA,
        name: nameFor(setup.value, session.track.value?.name ?? setup.value.track),
        correctionsOnly: model !== null,
        onFailure: (error) => {
          tellFailure(error);
          void this.stopRecording();
        },
      });
      this.recorder.value = recorder;
      this.#stopListening = session.listen(recorder);
      session.run();
    } catch (error) {
      tellFailure(error);
    }
  }

  /** @returns the id of what was recorded, or null */
  async stopRecording(): Promise<string | null> {
    const recorder = this.recorder.value;
    if (recorder === null) return null;
    this.recorder.value = null;
    this.#stopListening?.();
    this.session.value?.pause();
    try {
      const id = await recorder.stop(this.session.value?.incidents.value ?? []);
      if (id === null) tell('Nothing was recorded: nobody took the wheel.', 'warning');
      else {
        tell(`Recorded ${(recorder.samples.value / 20).toFixed(0)} s. It is in Recordings, ready to train on.`);
        tellGuide({ type: 'recorded', recording: id });
      }
      void recordings.refresh();
      return id;
    } catch (error) {
      tellFailure(error);
      return null;
    }
  }

  leave(): void {
    this.#left = true;
    void this.stopRecording();
    for (const stop of this.#stops) stop();
    this.session.value?.dispose();
    this.#road?.dispose();
  }
}

function nameFor({ driver }: DriveSetup, track: string): string {
  const who = modelOf(driver) === null ? labelOf(driver) : 'Corrections';
  const when = new Date().toLocaleString(undefined, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${who} on ${track}, ${when}`;
}
