import { shownText } from '../../core/foreignText/shownText';
import { formatBytes } from '../formatBytes';

/** Longest sentence about what was left, in UTF-16 units: two paths have room. */
const LONGEST_REASON = 300;

/** Something stored that is to be deleted. */
export interface DoomedFiles {
  /** Whose files they are, such as `openai-community/gpt2`. */
  readonly name: string;
  /** @returns Bytes that were freed. */
  readonly remove: () => Promise<number>;
}

/** What has become of what was to be deleted. */
export interface Deletion {
  /** Bytes. */
  readonly freed: number;
  /** Why something was left: a sentence each. */
  readonly left: readonly string[];
}

/** Deletes one after the other; what cannot be deleted does not keep the others. */
export async function deleteStored(doomed: readonly DoomedFiles[]): Promise<Deletion> {
  let freed = 0;
  const left: string[] = [];
  for (const { name, remove } of doomed) {
    try {
      freed += await remove();
    } catch (error) {
      left.push(error instanceof Error ? error.message : `${name} cannot be deleted.`);
    }
  }
  return { freed, left };
}

/** What a user is told of it. */
export function deletionNotice({ freed, left }: Deletion): string {
  const deleted = freed > 0 || left.length === 0 ? `Deleted ${formatBytes(freed)}.` : 'Nothing was deleted.';
  return [deleted, ...left.map((reason) => shownText(reason, LONGEST_REASON))].join(' ');
}
