/** Patterns that a file may hold and that take longest, each with what to repeat for a text that makes it do so. */
export const FOREIGN_PATTERNS: Readonly<Record<string, { readonly pattern: string; readonly unit: string }>> =
  {
    repeated: { pattern: '(?:a+){16}b', unit: 'a' },
    words: { pattern: '\\w*\\w*\\w*!', unit: 'w' },
    stars: { pattern: `${'a*'.repeat(60)}b`, unit: 'a' },
    // The largest that is taken.
    largest: { pattern: '(?:a?b?){199}c', unit: 'ab' },
  };
