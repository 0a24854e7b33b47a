import fs from 'node:fs/promises';
import type { Chunk, DownloadPlan } from './downloadPlan';

/** Longest journal that is read: 100,000 chunks. */
const MAX_JOURNAL_BYTES = 4 * 1024 * 1024;

/*
 * The journal lies beside a partial file: a line with the identity of what is downloaded, then a line "index checksum" for
 * each finished chunk (CRC-32, eight hexadecimal digits), appended when the chunk's bytes have been written. After a power
 * loss a line may be there while the bytes are not, so the checksums decide.
 */

export function journalStart(plan: DownloadPlan): string {
  return `${plan.identity}\n`;
}

export function journalLine(chunk: Chunk, checksum: number): string {
  return `${String(chunk.index)} ${checksum.toString(16).padStart(8, '0')}\n`;
}

/** What a journal claims, not yet compared with any bytes. */
export interface JournalContent {
  /** The first line. */
  readonly identity: string;
  /** By chunk index. */
  readonly checksums: ReadonlyMap<number, number>;
}

/** @returns undefined where there is no journal or nothing that looks like one. A last line without its end is left out. */
export async function readJournal(file: string): Promise<JournalContent | undefined> {
  const stats = await fs.lstat(file).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > MAX_JOURNAL_BYTES) {
    return undefined;
  }
  const text = await fs.readFile(file, 'latin1').catch(() => '');
  const [identity, ...lines] = text.split('\n').slice(0, -1);
  if (identity?.startsWith('{') !== true) {
    return undefined;
  }
  const checksums = new Map<number, number>();
  for (const line of lines) {
    const match = /^(\d{1,6}) ([0-9a-f]{8})$/.exec(line);
    if (match !== null) {
      checksums.set(Number(match[1]), Number.parseInt(match[2] ?? '', 16));
    }
  }
  return { identity: Buffer.from(identity, 'latin1').toString('utf8'), checksums };
}

/** How far the download is that writes a journal, as its own words say; undefined where they cannot be understood. */
export function journalProgress({
  identity,
  checksums,
}: JournalContent): { readonly bytesDone: number; readonly bytesTotal: number } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(identity);
  } catch {
    return undefined;
  }
  const { chunkBytes, tensor } = parsed as {
    readonly chunkBytes?: unknown;
    readonly tensor?: { readonly byteLength?: unknown };
  };
  const bytesTotal = tensor?.byteLength;
  if (typeof chunkBytes !== 'number' || typeof bytesTotal !== 'number') {
    return undefined;
  }
  let bytesDone = 0;
  for (const index of checksums.keys()) {
    bytesDone += Math.max(0, Math.min(chunkBytes, bytesTotal - index * chunkBytes));
  }
  return { bytesDone, bytesTotal };
}
