import { batch, signal } from '@preact/signals';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { type Episode, INTERVENTION_DISTANCE, type Tick } from '../../../sim/episode/episode.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import type { Track } from '../../../sim/track/track.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/vehicles.ts';
import { Hands } from '../seat/hands.ts';
import { type Charge, Seat } from '../seat/seat.ts';
import type { RoadView } from '../view/road-view.ts';
import { DisplayedState } from './displayed-state.ts';
import { type Incident, interventionsIn } from './incidents.ts';
import { LookingBack } from './looking-back.ts';
import { onRoad } from './on-road.ts';
import { openEpisode } from './open-episode.ts';
import { Pacer } from './pacer.ts';
import type { PastDrive } from './past-drive.ts';
import { PictureRate } from './picture-rate.ts';
import { Readings } from './readings.ts';
import { conditionsOf, type DriveSetup, specOf } from './setup.ts';
import { Ticking } from './ticking.ts';

/** A person off the road has this much room before the car is put back: the shoulder and a little grass [m]. */
const ROOM_FOR_A_PERSON = 7;
/** Where pictures are drawn in low quality, instruments are read this often [ms]. */
const READING_PERIOD = 125;

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
  /** Whether the sensor camera is drawn although nobody needs it. */
  watchSensor = true;
  readonly hands = new Hands();
  readonly #view: RoadView;
  readonly #pacer = new Pacer();
  readonly #pictures = new PictureRate(this.#pacer);
  readonly #past = new LookingBack(this.readings);
  readonly #ticking = new Ticking(
    this.#pacer,
    () => this.#episode !== null && this.phase.peek() === 'running',
    () => this.#tick(this.#episode!, this.#seat!),
  );
  readonly #shown = new DisplayedState();
  /** World seconds per wall second reached, and pictures a second. */
  readonly pace = this.#pictures.pace;
  readonly pictureRate = this.#pictures.rate;
  /** World time that is looked back at [s]; null while the drive itself is shown. */
  readonly lookingBack = this.#past.time;
  /** Whether what is looked back at was driven before, and not in this session. */
  readonly ofThePast = this.#past.ofThePast;
  /** Whether the look back moves on by itself. */
  readonly replaying = this.#past.replaying;
  readonly #listeners = new Set<TickListener>();
  #episode: Episode | null = null;
  #seat: Seat | null = null;
  #putBack = false;
  #generation = 0;
  #request = 0;
  #last = 0;

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
    return this.#past.buffer.end;
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
    this.#past.to(time);
  }

  /** Shows a drive of the past on the road that is prepared, which must be the one that it was driven on. */
  replay({ setup, moments, begin, incidents, from }: PastDrive): void {
    const track = this.track.peek();
    if (track === null) return;
    this.#past.show(onRoad(track, specOf({ ...setup, driver: 'human' }), moments, begin));
    this.incidents.value = incidents;
    this.#view.jumped();
    this.lookBack(from);
    this.replaying.value = true;
  }

  run(): void {
    if (this.#past.forgetThePast()) this.incidents.value = [];
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
    const episode = openEpisode(track, setup, seat, sensor, () => this.#strayLimit(seat));
    this.#episode = episode;
    this.#seat = seat;
    this.#shown.clear();
    this.#past.begin(sensor, driver);
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
    this.#past.leave();
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
    this.#ticking.advance();
    this.#pictures.show(elapsed);
    if (this.#pictures.mustWait(now, this.#view.limit, this.#ticking.busy)) return;
    const since = this.#pictures.begin(now);
    const back = this.#past.move(since, this.#pacer.rate);
    const time = back ?? this.#pacer.shown;
    const state = back === null ? this.#shown.at(time) : this.#past.buffer.stateAt(time);
    const others = back === null ? this.#shown.othersAt(time) : this.#past.buffer.othersAt(time);
    const pace = this.phase.peek() === 'running' ? this.#pacer.pace / this.#pacer.rate : 1;
    if (this.#view.draw(state, time, others, since, pace)) this.#pictures.count();
    this.readings.period = this.#view.quality === 'low' ? READING_PERIOD : 0;
    this.readings.put({ car: { ...state }, time });
    if (back !== null) this.#past.read(state, time, others).catch((error) => this.#fail(error));
    this.readings.show(now);
  };

  async #tick(episode: Episode, seat: Seat): Promise<void> {
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
      this.#past.buffer.add({ time, state, commands, lateralError, progress: episode.progress, others });
      this.#pacer.stepped(episode.time);
      for (const listener of this.#listeners) listener.ticked(tick, seat.charge);
      this.#publish(tick, seat, episode);
      if (episode.done) this.phase.value = 'finished';
    } catch (error) {
      if (episode === this.#episode) this.#fail(error);
    }
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

  #note(incident: Incident): void {
    this.incidents.value = [...this.incidents.value, incident];
  }

  #fail(error: unknown): void {
    this.failure.value = error instanceof Error ? error.message : String(error);
    this.phase.value = 'failed';
  }
}
