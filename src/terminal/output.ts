/** Writes lines to standard output, and waits while its reader is slower than we are. */
export async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) {
    await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
}

/** A note for a person; kept out of standard output, which may feed another program. */
export function writeNote(note: string): void {
  process.stderr.write(`${note}\n`);
}
