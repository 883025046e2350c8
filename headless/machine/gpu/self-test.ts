const SIZE = 4;
/** Distinct channels, so that a swapped order shows. */
const COLOUR = [64, 128, 191, 255] as const;

const SHADER = `
@vertex fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i % 2u) * 4.0 - 1.0, f32(i / 2u) * 4.0 - 1.0, 0.5, 1.0);
}
@fragment fn paint() -> @location(0) vec4f { return vec4f(${COLOUR.map((c) => (c / 255).toFixed(6)).join(', ')}); }
`;

/**
 * Draws one triangle and reads it back: some adapters give a device and then render nothing.
 * @returns undefined when the pixels are right, else what was wrong
 */
export async function renderingFault(device: GPUDevice): Promise<string | undefined> {
  const texture = device.createTexture({
    size: [SIZE, SIZE],
    format: 'rgba8unorm',
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  const buffer = device.createBuffer({ size: 256 * SIZE, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  try {
    const module = device.createShaderModule({ code: SHADER });
    const pipeline = await device.createRenderPipelineAsync({
      layout: 'auto',
      vertex: { module, entryPoint: 'corner' },
      fragment: { module, entryPoint: 'paint', targets: [{ format: 'rgba8unorm' }] },
    });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [
        { view: texture.createView(), loadOp: 'clear', storeOp: 'store', clearValue: { r: 0, g: 0, b: 0, a: 0 } },
      ],
    });
    pass.setPipeline(pipeline);
    pass.draw(3);
    pass.end();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: 256 }, [SIZE, SIZE]);
    device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const bytes = new Uint8Array(buffer.getMappedRange());
    for (let y = 0; y < SIZE; y++) {
      for (let x = 0; x < SIZE * 4; x++) {
        const seen = bytes[y * 256 + x]!;
        if (Math.abs(seen - COLOUR[x % 4]!) > 1) {
          return `drew ${bytes.slice(y * 256 + x - (x % 4), y * 256 + x - (x % 4) + 4).join(',')} where ${COLOUR.join(',')} was asked for`;
        }
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error);
  } finally {
    texture.destroy();
    buffer.destroy();
  }
}
