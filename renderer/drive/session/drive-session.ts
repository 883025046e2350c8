import { batch, signal } from '@preact/signals';
import type { Command } from '../../../sim/command.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { Episode, type FrameSource, INTERVENTION_DISTANCE, type Tick } from '../../../sim/episode/episode.ts';
import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import type { Track } from '../../../sim/track/track.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/parameters.ts';
import { Hands } from '../seat/hands.ts';
import { type Charge, Seat } from '../seat/seat.ts';
import type { RoadView } from '../view/road-view.ts';
import { DisplayedState } from './displayed-state.ts';
import { DriveTrace } from './drive-trace.ts';
import { type Incident, interventionsIn } from './incidents.ts';
import { onRoad } from './on-road.ts';
import { Pacer } from './pacer.ts';
import type { PastDrive } from './past-drive.ts';
import { PastEye } from './past-eye.ts';
import { Readings } from './readings.ts';
import { conditionsOf, type DriveSetup, specOf } from './setup.ts';

/** A person off the road has this much room before the car is put back: the shoulder and a little grass [m]. */
const ROOM_FOR_A_PERSON = 7;
/** A picture is drawn at least this often, however far behind the world is [ms]. */
const LONGEST_WAIT = 38;
/** A replay does not leave out more than this where pictures come late [s]. */
const LONGEST_STEP = 0.25;
/** The display asks a little earlier or later than it should [ms]. */
const JITTER = 5;
/** Where pictures are drawn in low quality, instruments are read this often [ms]. */
const READING_PERIOD = 125;
/** How much of an open road's end is not driven [m]. */
const END_OF_ROAD = 15;

export type Phase = 'empty' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** Someone who wants to know of every tick, e.g. a recording. */
export interface TickListener {
  readonly wantsFrames: boolean;
  ticked(tick: Tick, charge: Charge): void;
}

/** One drive in the window: the world on its own clock, the picture at the display's rate. */
export class DriveSession {
  readonly phase = signal<Phase>('empty');
  readonly failure = signal<string | null>(null);
  readonly track = signal<Track | null>(null);
  readonly charge = signal<Charge>('person');
  readonly readings = new Readings();
  readonly incidents = signal<readonly Incident[]>([]);
  /** World seconds per wall second reached, and pictures a second. */
  readonly pace = signal(1);
  readonly pictureRate = signal(0);
  /** World time that is looked back at [s]; null while the drive itself is shown. */
  readonly lookingBack = signal<number | null>(null);
  /** Whether what is looked back at was driven before, and not in this session. */
  readonly ofThePast = signal(false);
  /** Whether the look back moves on by itself. */
  readonly replaying = signal(false);
  /** Whether the sensor camera is drawn although nobody needs it. */
  watchSensor = true;
  readonly hands = new Hands();
  readonly #view: RoadView;
  readonly #pacer = new Pacer();
  readonly #shown = new DisplayedState();
  readonly #trace = new DriveTrace();
  readonly #listeners = new Set<TickListener>();
  #episode: Episode | null = null;
  #seat: Seat | null = null;
  #ticking = false;
  #putBack = false;
  #eye: PastEye | null = null;
  /** What the driver would do at the moment that is looked back at. */
  #predicted: Command | null = null;
  #generation = 0;
  #request = 0;
  #last = 0;
  #advanced = 0;
  #drawn = 0;
  #sincePaceShown = 0;
  #pictures = 0;

  constructor(view: RoadView) {
    this.#view = view;
    this.#request = requestAnimationFrame(this.#picture);
  }

  get rate(): number {
    return this.#pacer.rate;
  }

  set rate(rate: number) {
    this.#pacer.rate = rate;
  }

  /** How much of this drive there is to look back at [s]. */
  get drivenTime(): number {
    return this.#trace.end;
  }

  get interventions(): number {
    return interventionsIn(this.incidents.value);
  }

  listen(listener: TickListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Builds a world and puts the car on it; it stands until `run`.
   * @param openDriver makes the driver that was chosen, or null when the person drives alone
   */
  async prepare(setup: DriveSetup, openDriver: () => Promise<Driver | null>): Promise<void> {
    const generation = ++this.#generation;
    this.phase.value = 'preparing';
    this.failure.value = null;
    try {
      this.#leave();
      const driver = await openDriver();
      if (generation !== this.#generation) return driver?.dispose?.();
      const track = openTrack(setup.track);
      const conditions = conditionsOf(setup);
      await this.#view.show(track, conditions, DEFAULT_CAR);
      if (generation !== this.#generation) return driver?.dispose?.();
      this.#enter(track, setup, driver);
      this.phase.value = 'paused';
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#fail(error);
    }
  }

  /** Looks back at a moment of this drive, which pauses meanwhile; null returns to where it stands. */
  lookBack(time: number | null): void {
    this.pause();
    this.lookingBack.value = time === null ? null : Math.max(0, Math.min(this.#trace.end, time));
    if (time === null) this.replaying.value = false;
  }

  /** Shows a drive of the past on the road that is prepared, which must be the one that it was driven on. */
  replay({ setup, moments, begin, incidents, from }: PastDrive): void {
    const track = this.track.peek();
    if (track === null) return;
    this.#trace.clear();
    for (const moment of onRoad(track, specOf({ ...setup, driver: 'human' }), moments, begin)) this.#trace.add(moment);
    this.incidents.value = incidents;
    this.ofThePast.value = true;
    this.#view.jumped();
    this.lookBack(from);
    this.replaying.value = true;
  }

  run(): void {
    this.#forgetThePast();
    this.lookBack(null);
    if (this.phase.value === 'paused') this.phase.value = 'running';
  }

  pause(): void {
    if (this.phase.value === 'running') this.phase.value = 'paused';
  }

  /** Puts the car back in its lane where it is. */
  putBack(): void {
    this.#putBack = true;
    this.run();
  }

  takeOver(): void {
    this.#seat?.ask('person');
  }

  giveBack(): void {
    this.#seat?.ask('driver');
  }

  dispose(): void {
    this.#generation++;
    cancelAnimationFrame(this.#request);
    this.#leave();
    this.hands.device = null;
  }

  #enter(track: Track, setup: DriveSetup, driver: Driver | null): void {
    const seat = new Seat({
      hands: this.hands,
      driver,
      wantsFrames: () => this.watchSensor || [...this.#listeners].some((listener) => listener.wantsFrames),
      onHandover: ({ to, time, x, y, driverCommand }) => {
        const kind = to === 'person' ? 'taken' : 'given';
        this.#note({ kind, time, x, y, lateralError: this.readings.lateralError.peek(), driverCommand });
      },
    });
    const sensor = this.#view.sensor;
    const episode = new Episode({
      track,
      driver: seat,
      labeller: createExpert(),
      spec: {
        ...specOf(setup),
        track: track.id,
        route: track.closed ? Number.MAX_VALUE : track.length - END_OF_ROAD,
      },
      ...(sensor && { cameras: { centre: sensor } }),
      timeLimit: Number.MAX_VALUE,
      strayLimit: () => this.#strayLimit(seat),
    });
    this.#episode = episode;
    this.#seat = seat;
    this.#shown.clear();
    this.#trace.clear();
    this.ofThePast.value = false;
    this.#eye = sensor && this.#eyeOf(sensor, driver);
    this.lookBack(null);
    this.#shown.add(0, episode.car.state);
    this.#pacer.begin(0);
    this.#view.jumped();
    batch(() => {
      this.track.value = track;
      this.charge.value = seat.charge;
      this.incidents.value = [];
      this.readings.clear();
    });
  }

  #leave(): void {
    this.#seat?.dispose();
    this.#seat = null;
    this.#episode = null;
    this.#eye = null;
  }

  #eyeOf(sensor: FrameSource, driver: Driver | null): PastEye {
    // A model that is driving must not be shown its past, for it would remember it; and only models drive by frames.
    const asked = () => (this.ofThePast.peek() && driver?.needsFrames ? driver : null);
    return new PastEye(sensor, asked, (frame, predicted) => {
      this.#predicted = predicted;
      this.readings.put({ frame });
    });
  }

  /** Whoever drives now begins a drive of its own. */
  #forgetThePast(): void {
    if (!this.ofThePast.peek()) return;
    this.ofThePast.value = false;
    this.#trace.clear();
    this.incidents.value = [];
  }

  #strayLimit(seat: Seat): number {
    if (this.#putBack) return -1;
    return seat.charge === 'person' ? ROOM_FOR_A_PERSON : INTERVENTION_DISTANCE;
  }

  readonly #picture = (now: number): void => {
    this.#request = requestAnimationFrame(this.#picture);
    const elapsed = this.#last === 0 ? 0 : (now - this.#last) / 1000;
    this.#last = now;
    if (this.#episode === null) return;
    this.#advance();
    this.#showPace(elapsed);
    if (this.#mustWait(now)) return;
    const since = (now - this.#drawn) / 1000;
    this.#drawn = now;
    const back = this.#moveBackward(since);
    const time = back ?? this.#pacer.shown;
    const state = back === null ? this.#shown.at(time) : this.#trace.stateAt(time);
    const others = back === null ? this.#shown.othersAt(time) : this.#trace.othersAt(time);
    const pace = this.phase.peek() === 'running' ? this.#pacer.pace / this.#pacer.rate : 1;
    if (this.#view.draw(state, time, others, since, pace)) this.#pictures++;
    this.readings.period = this.#view.quality === 'low' ? READING_PERIOD : 0;
    this.readings.put({ car: { ...state }, time });
    if (back !== null) {
      this.#readBack(time);
      this.#eye?.look(state, time, others).catch((error) => this.#fail(error));
    }
    this.readings.show(now);
  };

  /** @returns the moment that is looked back at, moved on while it plays */
  #moveBackward(elapsed: number): number | null {
    const at = this.lookingBack.peek();
    if (at === null || !this.replaying.peek()) return at;
    const next = Math.min(this.#trace.end, at + Math.min(elapsed, LONGEST_STEP) * this.#pacer.rate);
    this.lookingBack.value = next;
    if (next >= this.#trace.end) this.replaying.value = false;
    return next;
  }

  /**
   * Whether this picture is left out. Pictures and the car's camera share one graphics queue; where it is too slow for
   * both, the world goes first, with a few pictures a second.
   */
  #mustWait(now: number): boolean {
    const since = now - this.#drawn;
    if (since < 1000 / this.#view.limit - JITTER) return true;
    const behind = this.#ticking && this.#pacer.pace < 0.9 * this.#pacer.rate;
    return behind && since < LONGEST_WAIT - JITTER;
  }

  /**
   * Lets time pass, and begins the next tick when it is due. Called for every picture and after every tick, so that a
   * slow display does not slow the world down.
   */
  #advance(): void {
    const now = performance.now();
    const elapsed = (now - this.#advanced) / 1000;
    this.#advanced = now;
    if (this.#episode === null || this.phase.peek() !== 'running') return;
    const due = this.#pacer.advance(elapsed, CONTROL_PERIOD);
    if (due && !this.#ticking) void this.#tick(this.#episode, this.#seat!);
  }

  async #tick(episode: Episode, seat: Seat): Promise<void> {
    this.#ticking = true;
    const forced = this.#putBack;
    try {
      const tick = await episode.tick();
      if (episode !== this.#episode) return;
      if (forced) this.#putBack = false;
      if (tick.intervened || forced) {
        const { time, state } = tick;
        const kind = forced ? 'reset' : 'strayed';
        this.#note({
          kind,
          time,
          x: state.x,
          y: state.y,
          lateralError: tick.strayed,
          driverCommand: seat.driverCommand,
        });
        this.#shown.add(tick.time, tick.state, tick.others, true);
        this.#view.jumped();
      }
      this.#shown.add(episode.time, episode.car.state, episode.others);
      const { time, state, lateralError, others } = tick;
      const commands = { person: seat.personCommand, driver: seat.driverCommand, expert: tick.label };
      this.#trace.add({ time, state, commands, lateralError, progress: episode.progress, others });
      this.#pacer.stepped(episode.time);
      for (const listener of this.#listeners) listener.ticked(tick, seat.charge);
      this.#publish(tick, seat, episode);
      if (episode.done) this.phase.value = 'finished';
    } catch (error) {
      if (episode === this.#episode) this.#fail(error);
    } finally {
      this.#ticking = false;
    }
    this.#advance();
  }

  #publish(tick: Tick, seat: Seat, episode: Episode): void {
    this.charge.value = seat.charge;
    this.readings.put({
      commands: { person: seat.personCommand, driver: seat.driverCommand, expert: tick.label },
      lateralError: tick.lateralError,
      progress: episode.progress,
      ...(tick.frames.centre && { frame: tick.frames.centre }),
    });
  }

  /** Shows what was asked for at a moment of the past, and where the car was. */
  #readBack(time: number): void {
    const moment = this.#trace.momentAt(time);
    if (moment === undefined) return;
    const { lateralError, progress } = moment;
    const driver = moment.commands.driver ?? (this.ofThePast.peek() ? this.#predicted : null);
    this.readings.put({ commands: { ...moment.commands, driver }, lateralError, progress });
  }

  #note(incident: Incident): void {
    this.incidents.value = [...this.incidents.value, incident];
  }

  #showPace(elapsed: number): void {
    this.#sincePaceShown += elapsed;
    if (this.#sincePaceShown < 0.5) return;
    this.pace.value = this.#pacer.pace;
    this.pictureRate.value = this.#pictures / this.#sincePaceShown;
    this.#pictures = 0;
    this.#sincePaceShown = 0;
  }

  #fail(error: unknown): void {
    this.failure.value = error instanceof Error ? error.message : String(error);
    this.phase.value = 'failed';
  }
}
