import type { ModelView } from '../../src/protocol/embeddingsView';

/** The same all over the page, which is about one model: set before it is drawn. */
let areWords = false;

/** Notes what the rows of the model are that the page is about. */
export function nameRowsOf(model: Pick<ModelView, 'vectors'> | undefined): void {
  areWords = model?.vectors?.labelKind === 'words';
}

/** Whether the rows are words, which are looked up, and no tokens. */
export function rowsAreWords(): boolean {
  return areWords;
}

/** A text of the page that speaks of tokens, where the rows are words speaking of those. */
export function ofRows(text: string): string {
  return areWords ? text.replace(/\btoken(?=s?\b)/g, 'word').replace(/\bToken(?=s?\b)/g, 'Word') : text;
}
