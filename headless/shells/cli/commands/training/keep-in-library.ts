import { encodeModel } from '../../../../../models/files/encode-model.ts';
import type { Reference } from '../../../../../models/runs/run-config.ts';
import type { BestSoFar, ModelKeeper } from '../../../../../models/runs/train-in-run.ts';
import { builtinModels } from '../../../../work/library/library-folder.ts';
import { libraryOf } from '../../../../work/runs/run-places.ts';
import { writeName } from '../../../host/library/about.ts';
import { Library } from '../../../host/library/library.ts';

/** Makes the best epoch a model of the library, as the app does. @param before what the run became when it was stopped */
export function keepInLibrary(run: string, name: string, before: Reference | null): ModelKeeper {
  return { end: async (model) => ({ id: await publish(libraryOf(run), name, before, model) }) };
}

async function publish(
  folder: string,
  name: string,
  before: Reference | null,
  { network, training }: BestSoFar,
): Promise<string> {
  const library = await Library.open(folder, { builtinModels: builtinModels() });
  const draft = await library.createDraft();
  try {
    const files = await library.files('drafts', draft);
    for (const [file, bytes] of await encodeModel(network, training)) await files.write(file, bytes);
    await writeName(files, name);
    const known = before !== null && 'id' in before ? before.id : undefined;
    return await library.publish(draft, 'models', name, known, known !== undefined);
  } finally {
    // Deletes the draft, if it has become no model.
    await library.close();
  }
}
