/** What an empty query line offers. */
export interface SuggestionsView {
  /** What was asked last in the workspace, the newest first, each once; at most {@link MAX_RECENT_QUERIES}. */
  readonly recent: readonly string[];
  readonly examples: readonly ExampleQuery[];
}

/** A query that can be tried with the model in use. */
export interface ExampleQuery {
  readonly text: string;
  /** What it is an example of, in a few words. */
  readonly shows: string;
}

export const MAX_RECENT_QUERIES = 12;
