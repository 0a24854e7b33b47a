import type { CheckpointErrorReason } from '../../core/safetensors/checkpointError';
import { quoted } from '../../core/safetensors/jsonScanner';

/** What is wrong with a tokenizer.json, said before the file's name is known; `namingFile` adds that. */
export class TokenizerDocumentError extends Error {
  override readonly name = 'TokenizerDocumentError';

  constructor(
    readonly reason: Extract<CheckpointErrorReason, 'malformed' | 'unsupported' | 'too-large'>,
    detail: string,
  ) {
    super(detail);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function malformed(detail: string): TokenizerDocumentError {
  return new TokenizerDocumentError('malformed', detail);
}

export function unsupported(detail: string): TokenizerDocumentError {
  return new TokenizerDocumentError('unsupported', detail);
}

export function tooLarge(detail: string): TokenizerDocumentError {
  return new TokenizerDocumentError('too-large', detail);
}

export function objectOf(value: unknown, what: string): JsonObject {
  if (!isObject(value)) {
    throw malformed(`${what} is not an object.`);
  }
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list; missing or null counts as an empty one. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw malformed(`${what} is not a list.`);
  }
  return value;
}

export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw malformed(`${what} is not a text.`);
  }
  if (/\p{Surrogate}/u.test(value)) {
    throw malformed(`${what} holds half a character.`);
  }
  return value;
}

/** True or false; missing or null gives the default. */
export function flagOf(value: unknown, what: string, missing: boolean): boolean {
  if (value === undefined || value === null) {
    return missing;
  }
  if (typeof value !== 'boolean') {
    throw malformed(`${what} is neither true nor false.`);
  }
  return value;
}

/** The word that says which kind of normalizer, pre-tokenizer, … an object describes. */
export function typeOf(step: JsonObject, what: string): string {
  return textOf(step.type, `the type of ${what}`);
}

/** A name from the file as messages show it. */
export function named(name: string): string {
  return quoted(name);
}
