/**
 * What `import … from 'wheelhouse-testbed'` gives a script: what the command line has, what it is built of, and checks of
 * parts of one's own. docs/library.md tells it with examples.
 */
export type { RecordingFormat } from '../datasets/formats/format.ts';
export { createRecording, type Recording } from '../datasets/recording/recording.ts';
export { compareEvaluations } from '../evaluation/compare/compare-evaluations.ts';
export type { DrivenEpisode } from '../evaluation/drive/drive-episode.ts';
export { checkDriver } from '../evaluation/drivers/check-driver.ts';
export { type DriverKind, simpleKind } from '../evaluation/drivers/driver-kind.ts';
export { DRIVER_KINDS } from '../evaluation/drivers/registry.ts';
export type { Evaluation } from '../evaluation/files/evaluation.ts';
export { METRICS } from '../evaluation/metrics/registry.ts';
export { readSuite } from '../evaluation/suites/read-suite.ts';
export type { Suite } from '../evaluation/suites/suite.ts';
export { openRecordingFolder as openRecording } from '../headless/machine/reading/open-recording.ts';
export { type OpenedDriver, openDriver } from '../headless/work/drivers/open-driver.ts';
export type { EpisodeChoices } from '../headless/work/driving/describe-episode.ts';
export { openEvaluation } from '../headless/work/evaluation/evaluation-folder.ts';
export type { Recorded } from '../headless/work/recording/record-episode.ts';
export { listSuites, openSuite } from '../headless/work/suites/open-suite.ts';
export { openTrackOrFile as openTrack } from '../headless/work/tracks/open-track-or-file.ts';
export { OPEN_LOOP_METRICS } from '../models/open-loop/metrics/registry.ts';
export type { Architecture } from '../models/zoo/architecture.ts';
export { type CheckReport, refuseFailed } from '../sim/check-report.ts';
export type { Command } from '../sim/command.ts';
export { CLEAR_DAY, type Conditions } from '../sim/conditions/conditions.ts';
export { PRESET_NAMES } from '../sim/conditions/presets.ts';
export { defineDisturbance } from '../sim/disturbances/disturbance.ts';
export type { Driver, EpisodeView, Observation } from '../sim/drivers/driver.ts';
export { createExpert } from '../sim/drivers/expert.ts';
export { Episode, type EpisodeOptions, type Tick } from '../sim/episode/episode.ts';
export type { EpisodeSpec } from '../sim/episode/spec.ts';
export type { Frame } from '../sim/frame.ts';
export { Refusal } from '../sim/refusal.ts';
export { listTracks } from '../sim/track/catalogue.ts';
export type { Track } from '../sim/track/track.ts';
export { kinematicDerivative } from '../sim/vehicle/kinematic.ts';
export { singleTrackDerivative } from '../sim/vehicle/single-track.ts';
export { VEHICLES } from '../sim/vehicle/vehicles.ts';
export { checkArchitecture, checkRecordingFormat } from './check.ts';
export { type DriveEpisodeOptions, driveEpisode, type RecordEpisodeOptions, recordEpisode } from './drive.ts';
export type { DriverChoice } from './driver.ts';
export { type EvaluateDriverOptions, evaluate } from './evaluate.ts';
export { type TestModelOptions, testOnRecordings } from './test.ts';
export { type Trained, type TrainingChoices, type TrainOptions, train } from './train.ts';
