import { tokenClasses } from '../../../core/query/filters/tokenClasses';
import { visibleTexts } from '../../../core/query/filters/visibleTexts';
import { kindsOfTokens, TOKEN_KINDS } from '../../../core/query/mapLabels/tokenKinds';
import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import { LONGEST_LABEL_BYTES, plainToken } from '../../../core/tokenizer/tokenLabel';
import { inSlices } from '../../../model/inSlices';
import { vocabularySlices } from '../../vocabulary/vocabularySlice';
import { TakingTurns } from '../../work/takingTurns';

/** What the map writes and tells apart, of each row of a matrix. */
export interface MapTokens {
  /** Visible texts by id, joined by line feeds, which none of them holds; a row without a token has an empty one. */
  readonly texts: string;
  /** A byte a row: its place in `TOKEN_KINDS`. */
  readonly kinds: Uint8Array<ArrayBuffer>;
}

/** Rows that are drawn on a map at most: each has a text and a place in the page. GPT-like vocabularies have half of it. */
export const MOST_MAPPED = 500_000;

/** Rows whose texts are worked out before anybody asks for the map: as many as the largest vocabularies of tokenizers have. */
export const MOST_PREPARED = 300_000;

/**
 * Works them out a slice at a time: as a whole they take some hundred milliseconds for GPT-2's vocabulary.
 *
 * @param rowCount Rows of the matrix, which may have more or fewer of them than the tokenizer has tokens.
 * @throws The signal's reason when it is aborted.
 */
export async function mapTokens(
  tokenizer: Tokenizer,
  rowCount: number,
  signal?: AbortSignal,
): Promise<MapTokens> {
  const turns = new TakingTurns();
  const count = tokenizer.vocabularySize;
  const classes = new Uint8Array(count);
  const visible: string[] = [];
  const decoded: string[] = [];
  for (const slice of vocabularySlices(tokenizer)) {
    classes.set(tokenClasses(slice), slice.start);
    for (const [id, text] of visibleTexts(slice).entries()) {
      const bytes = slice.tokenBytes(id);
      // A tokenizer.json may hold tokens of megabytes.
      visible.push(bytes.length > LONGEST_LABEL_BYTES ? plainToken(bytes, LONGEST_LABEL_BYTES) : text);
      decoded.push(slice.decode([id]));
    }
    await turns.next(signal);
  }
  const kindsOfVocabulary = await inSlices(
    kindsOfTokens(classes, decoded, tokenizer.labelKind === 'words'),
    signal,
  );
  const kinds = new Uint8Array(rowCount).fill(TOKEN_KINDS.indexOf('other'));
  kinds.set(kindsOfVocabulary.subarray(0, rowCount));
  visible.length = rowCount;
  return { texts: Array.from(visible, (text: string | undefined) => text ?? '').join('\n'), kinds };
}
