import { visibleText } from '../core/foreignText/visibleText';

/**
 * Writes a line to standard output, and waits while its reader is slower than we are. A control in it, a tensor's name or a file's may have
 * one, is shown and does nothing.
 */
export async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${visibleText(line)}\n`)) {
    await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
}

/** A note for a person, of one line; kept out of standard output, which may feed another program. */
export function writeNote(note: string): void {
  process.stderr.write(`${visibleText(note)}\n`);
}
