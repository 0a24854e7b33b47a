export interface SilenceLimits {
  readonly stillMs: number;
  readonly silentMs: number;
  readonly lookMs?: number;
}

export interface Silence {
  readonly kind: 'still' | 'silent';
  readonly seconds: number;
}

export class SilenceCount {
  constructor(limits: Required<SilenceLimits>, word: unknown, work: unknown);
  heard(): void;
  look(word: unknown, work: unknown): Silence | undefined;
}
