/**
 * A pattern that is not taken. The message is what follows "the pattern … of …", such as "has a backreference." or
 * "is malformed: …".
 */
export class PatternError extends Error {
  override readonly name = 'PatternError';

  constructor(
    /** Whether no version of the reference takes it either, as far as that is known. */
    readonly reason: 'malformed' | 'unsupported',
    detail: string,
  ) {
    super(detail);
  }
}

export function malformedPattern(detail: string): PatternError {
  return new PatternError('malformed', `is malformed: ${detail}.`);
}

/** @param construct What it has, such as "a backreference". */
export function unsupportedPattern(construct: string): PatternError {
  return new PatternError('unsupported', `has ${construct}, which is not supported.`);
}
