/** Said once on every surface that shows a number of the sample vectors. */
export const SAMPLE_NOTICE = 'Sample vectors, not GPT-2';

/** What they are, for whoever asks: without a full stop, so that it can end a sentence. */
export const SAMPLE_EXPLANATION =
  "GloVe word vectors laid over GPT-2's vocabulary, with made-up offsets for space and case";
