import { readFileSync } from 'node:fs';
import process from 'node:process';

/** What to type on a machine where no adapter was found. */
export function mendLine(platform: string = process.platform, release: string = readRelease()): string {
  if (platform === 'darwin') return 'run it on macOS 12 or later, where Metal is always present';
  if (platform === 'win32') return 'update the graphics driver; Windows 10 and later also bring a software one';
  if (/^ID=(debian|raspbian)$/m.test(release) && /^VERSION_ID="?12"?$/m.test(release)) {
    // Debian 12's own Mesa 22.3 lacks features that Dawn requires.
    return 'type: apt-get install -t bookworm-backports mesa-vulkan-drivers libvulkan1 (with bookworm-backports among the sources)';
  }
  if (/^ID(_LIKE)?=.*(fedora|rhel)/m.test(release)) return 'type: dnf install mesa-vulkan-drivers vulkan-loader';
  if (/^ID(_LIKE)?=.*arch/m.test(release)) return 'type: pacman -S vulkan-swrast vulkan-icd-loader';
  if (/^ID(_LIKE)?=.*alpine/m.test(release))
    return 'use a distribution with glibc; the npm package webgpu has no build for musl';
  return 'type: apt-get install mesa-vulkan-drivers libvulkan1';
}

function readRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
