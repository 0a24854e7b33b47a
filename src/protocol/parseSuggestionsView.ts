import { MAX_QUERY_LENGTH } from './panelMessages';
import { listOf, parseFields, parseText, textOf } from './parsing';
import { MAX_RECENT_QUERIES, type ExampleQuery, type SuggestionsView } from './suggestionsView';

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
