import { takeInSuite } from '../evaluation/own-suites.ts';
import { host } from '../host/host.ts';
import { models, runs } from '../host/library.ts';
import { go } from '../shell/route.ts';
import { tell, tellFailure } from '../shell/toasts.tsx';
import { type DroppedFile, type DroppedThing, thingsIn } from './dropped-files.ts';
import { askedTable } from './import-choices.ts';
import { importFiles, upload } from './importing.ts';

/** Extension of archives, which hold a whole recording of any format. */
const ARCHIVE = 'zip';

/** Takes what was dropped or picked into the library, thing by thing, and shows the last one. */
export async function takeInFiles(files: readonly DroppedFile[]): Promise<void> {
  const known = await host.formats().catch(tellFailure);
  if (known === undefined) return;
  const whole = known.flatMap(({ files: extensions, whole }) => (whole ? extensions : []));
  for (const thing of thingsIn(files, [...whole, ARCHIVE])) {
    if (thing.kind === 'model') await takeInModel(thing);
    else if (thing.kind === 'suite') await takeInSuiteFile(thing);
    else if (thing.kind === 'run') await takeInRun(thing);
    else {
      const [first] = await importFiles(thing);
      if (first !== undefined) go('recordings', first);
      else if (askedTable.value?.thing === thing) go('recordings');
    }
  }
}

async function takeInSuiteFile({ files }: DroppedThing): Promise<void> {
  try {
    const name = await takeInSuite(files[0]!.file);
    tell(`“${name}” is among the suites now.`);
    go('evaluate');
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), 'danger');
  }
}

async function takeInModel({ name, files }: DroppedThing): Promise<void> {
  try {
    const { id } = await host.publishModel({ draft: await upload(files), name });
    await models.refresh();
    tell(`“${name}” is among the models now.`);
    go('drive', null, { driver: `model:${id}` });
  } catch (error) {
    // What the host refuses says itself what to do.
    tell(error instanceof Error ? error.message : String(error), 'danger');
  }
}

async function takeInRun({ name, files }: DroppedThing): Promise<void> {
  try {
    const { id } = await host.publishRun({ draft: await upload(files), name });
    await runs.refresh();
    go('train', id);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), 'danger');
  }
}
