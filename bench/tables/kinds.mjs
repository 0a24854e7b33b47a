/** Kinds of texts that are encoded and typed in, and how they are called. */
export const KINDS = { prose: 'English prose', code: 'source code', languages: 'many languages' };
