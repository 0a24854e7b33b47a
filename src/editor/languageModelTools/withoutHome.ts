/**
 * Text in which paths below a home folder begin with `~`. Letters may differ in case, as those of drives do on Windows, and separators in
 * kind and number, as in addresses and quoted text.
 *
 * @param home The folder, absolute; a root folder is no home.
 */
export function withoutHome(text: string, home: string): string {
  const parts = home.split(/[\\/]+/).filter((part) => part !== '');
  if (parts.filter((part) => !/^[a-z]:$/i.test(part)).length === 0) {
    return text;
  }
  const start = /^[\\/]/.test(home) ? String.raw`[\\/]+` : '';
  const path = parts.map(escaped).join(String.raw`[\\/]+`);
  return text.replace(new RegExp(start + path, 'giu'), '~');
}

function escaped(part: string): string {
  return part.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
