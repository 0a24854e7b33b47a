import { scanJob } from '../../../core/embedding/index/scanTeam';
import { instantiateKernel, type KernelKind } from '../../../core/embedding/kernel/kernelModule';
import { ScanControl, STATE } from './scanControl';

/** What a scanning thread is started with. */
export interface ScanThreadStart {
  readonly memory: WebAssembly.Memory;
  /** The kernel whose codes are in the memory. */
  readonly kernelKind: KernelKind;
  /** Address of its control words. */
  readonly control: number;
}

/** Scans whenever there is work, until the thread is terminated: never returns. */
export function runScanThread({ memory, kernelKind, control: address }: ScanThreadStart): never {
  const control = new ScanControl(memory, address);
  const kernel = instantiateKernel(memory, kernelKind);
  control.setState(STATE.idle);
  for (;;) {
    control.waitWhile(STATE.idle);
    if (control.state === STATE.working) {
      const { job, paddedDimension } = control.readJob();
      try {
        scanJob(kernel, paddedDimension, job);
        control.setState(STATE.idle);
      } catch {
        control.setState(STATE.failed);
      }
    }
  }
}
