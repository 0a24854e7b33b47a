import type { SilenceLimits } from './silenceWatch.mjs';

export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  readonly seconds: number;
}

export function runStep(
  step: { readonly name: string; readonly kind: 'check' | 'suite'; readonly command: readonly string[] },
  options?: {
    readonly silence?: SilenceLimits;
    readonly countsFolder?: string;
    readonly output?: { readonly write: (text: Uint8Array) => unknown };
  },
): Promise<StepResult>;
