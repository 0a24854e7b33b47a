import path from 'node:path';

/** Expands a leading `~` or `~/` as shells do; `~user` and everything else stay as they are. */
export function expandHome(text: string, home: string): string {
  if (text === '~') {
    return home;
  }
  return /^~[/\\]/.test(text) ? path.join(home, text.slice(2)) : text;
}
