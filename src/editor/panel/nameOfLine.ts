import type { ResolvedQuery } from '../query/resolveQuery';

/** A query line as people call what it means: a token with visible white space (`␣Mike`), anything else as it was typed. */
export function nameOfLine(text: string, resolved: ResolvedQuery | undefined): string {
  const token = resolved?.tokenId === undefined ? undefined : resolved.view.pieces[0];
  return token?.plain ?? text;
}
