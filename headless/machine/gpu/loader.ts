import os from 'node:os';
import process from 'node:process';
import type { Driver } from './drivers.ts';

/** The name under which Dawn opens the Vulkan loader. */
const VULKAN = 'libvulkan.so.1';

/** Linux: keep the library loaded although it is no Node add-on. */
const RTLD_NODELETE = 0x1000;

/** What the person had set before the first change of ours. */
const original = { files: process.env.VK_DRIVER_FILES, icd: process.env.VK_ICD_FILENAMES };

/**
 * Loads a Vulkan loader into this process. Dawn opens `libvulkan.so.1` by that name; one that is loaded already is found
 * wherever it came from, so no child process with another library path is needed.
 * @param library path, or `libvulkan.so.1` for the system's own
 * @returns whether it is loaded now
 */
function preloadVulkan(library: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    process.dlopen(
      { exports: {} },
      library,
      os.constants.dlopen.RTLD_NOW | os.constants.dlopen.RTLD_GLOBAL | RTLD_NODELETE,
    );
    return true;
  } catch (error) {
    // The library stays loaded when Node finds that it is no add-on; any other message means that it could not be read.
    return error instanceof Error && error.message.includes('did not self-register');
  }
}

/**
 * Makes this driver, and no other, visible to Dawn.
 * @returns false when there is no Vulkan loader to find it with
 */
export function makeVisible(driver: Driver): boolean {
  chooseDriver(driver.icd);
  // Without a loader, asking Dawn would only make it complain on stderr. The system's is taken where there is one: it
  // may be newer than the one shipped beside the driver.
  if (process.platform !== 'linux' || preloadVulkan(VULKAN)) return true;
  return driver.loader !== undefined && preloadVulkan(driver.loader);
}

/** Makes the Vulkan loader offer only the driver that this file describes, or again what it offers by itself. */
function chooseDriver(icd: string | undefined): void {
  // The second name is the older one; loaders before 1.3.207 know only that.
  setOrDelete('VK_DRIVER_FILES', icd ?? original.files);
  setOrDelete('VK_ICD_FILENAMES', icd ?? original.icd);
}

function setOrDelete(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
