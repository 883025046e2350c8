import { evaluate as evaluateDriver } from '../../../../evaluation/evaluate.ts';
import type { Suite } from '../../../../evaluation/suites/suite.ts';
import { answerCalls } from '../../../../sim/calls/answer-calls.ts';
import { counted } from '../../../../sim/counted.ts';
import { createSharpCodec } from '../../../machine/images/sharp-codec.ts';
import { PARENT } from '../../../machine/processes/parent.ts';
import { DiskStorage } from '../../../machine/storage/disk.ts';
import { openDriver } from '../../../work/drivers/open-driver.ts';
import type { JobProgress } from './job-list.ts';

/** A page is told of progress at most this often [ms]. */
const SAY_PERIOD = 250;
/** Episodes driven at the same time: one computes while another waits for its frame. */
const PARALLEL = 2;
/** Of the pictures that a page is shown meanwhile, of 100. */
const PICTURE_QUALITY = 80;

/** What the process is told. */
export interface EvaluationTask {
  /** A reference, see `driverOfJob`. */
  readonly driver: string;
  /** What the evaluation says was driven. */
  readonly model: string;
  readonly suite: Suite;
  /** Folder for `evaluation.json` and `report.html`. */
  readonly out: string;
}

/** Says meanwhile how far it is. */
const tell = (progress: JobProgress) => PARENT.post(progress);

async function evaluate(task: EvaluationTask): Promise<void> {
  const { suite } = task;
  const driver = await openDriver(task.driver);
  const codec = createSharpCodec();
  let encoding: Promise<void> = Promise.resolve();
  let said = 0;
  let watched = 0;
  const isDue = () => performance.now() - said >= SAY_PERIOD;
  // The folder is a draft: whoever asked publishes it when it is whole.
  const files = new DiskStorage(task.out);
  await evaluateDriver({
    suite,
    driver,
    model: task.model,
    parallel: PARALLEL,
    // One road is watched to its end; pictures of two in turn would only flicker.
    wantsPicture: (index) => index === watched && isDue(),
    out: { files, codec },
    onProgress({ completed, simulatedSeconds, episodes, index, frame }) {
      watched = episodes.findIndex((one) => one.state === 'driving');
      if (!isDue() || (driver.cameras !== undefined && (frame === undefined || index !== watched))) return;
      said = performance.now();
      const note = `${simulatedSeconds.toFixed(0)} s driven on ${counted(suite.episodes.length, 'road')}`;
      const progress = { completed, note, episodes: [...episodes] };
      if (frame === undefined) return tell(progress);
      // Encoding goes on beside the drive, one picture at a time.
      encoding = encoding.then(async () => {
        const picture = await codec.encode(frame, { type: 'jpeg', quality: PICTURE_QUALITY });
        tell({ ...progress, picture });
      });
    },
  });
  await files.close();
  await encoding;
}

const calls = { evaluate };

export type EvaluationCalls = typeof calls;
answerCalls(PARENT, calls);
