import fs from 'node:fs/promises';

/** Size and time of a file, to tell whether it has changed; empty for no path and for a file that is not there. */
export async function fileStamp(path: string): Promise<string> {
  const stats = path === '' ? undefined : await fs.stat(path).catch(() => undefined);
  return stats === undefined ? '' : `${stats.size} ${stats.mtimeMs}`;
}
