import { scalarKernel } from './scalarKernel';
import type { ScreeningKernel } from './screeningKernel';
import { createSimdKernel } from './simdKernel';

/** The fastest kernel that this runtime can run: WebAssembly SIMD, else the plain loop. Both give the same answers. */
export function createKernel(): ScreeningKernel {
  try {
    return createSimdKernel();
  } catch {
    // No WebAssembly, no SIMD, or compilation forbidden by a policy: slower, not different.
    return scalarKernel;
  }
}
