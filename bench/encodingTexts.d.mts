import type { Tokenizer } from '../src/core/tokenizer/tokenizer';

export function encodingTexts(
  tokenizer: Tokenizer,
  project: string,
): Record<'prose' | 'code' | 'languages', string[]>;

export function nucleotides(): string;
