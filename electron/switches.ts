import type { CommandLine } from 'electron';

/**
 * Switches that must stand before Chromium starts. On Linux, WebGPU is off by default and needs Vulkan. With
 * WHEELHOUSE_SOFTWARE_GPU=1 everything is drawn on the processor, for machines without a graphics card.
 */
export function setSwitches(commandLine: CommandLine, platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): void {
  const features = ['SharedArrayBuffer'];
  if (platform === 'linux') {
    commandLine.appendSwitch('enable-unsafe-webgpu');
    features.push('Vulkan');
  }
  if (environment.WHEELHOUSE_SOFTWARE_GPU === '1') {
    commandLine.appendSwitch('enable-unsafe-webgpu');
    commandLine.appendSwitch('use-webgpu-adapter', 'swiftshader');
    commandLine.appendSwitch('use-vulkan', 'swiftshader');
    commandLine.appendSwitch('use-angle', 'swiftshader');
    // Text and boxes need no detour through the emulated card, where they wait behind the road's pictures.
    commandLine.appendSwitch('disable-gpu-rasterization');
  }
  // A later value of the same switch replaces the earlier one, so the list is given at once.
  commandLine.appendSwitch('enable-features', features.join(','));
}
