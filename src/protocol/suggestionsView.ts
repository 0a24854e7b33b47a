import { MAX_QUERY_LENGTH } from './panelMessages';
import { listOf, parseFields, parseText, textOf } from './parsing';

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
const MAX_EXAMPLES = 10;

/** Parses what the page gets. */
export function parseSuggestionsView(value: unknown): SuggestionsView | undefined {
  return parseFields(value, {
    recent: listOf(textOf(MAX_QUERY_LENGTH), MAX_RECENT_QUERIES),
    examples: listOf(parseExample, MAX_EXAMPLES),
  });
}

function parseExample(value: unknown): ExampleQuery | undefined {
  return parseFields(value, { text: textOf(MAX_QUERY_LENGTH), shows: parseText });
}
