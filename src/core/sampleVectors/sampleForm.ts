/** What tells the spellings of a word apart, as bits of one byte. Lower case without a space is 0; `capital` is any other mix of cases. */
export const FORM_BITS = { space: 1, capital: 2, upper: 4 } as const;
