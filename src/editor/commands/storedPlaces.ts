import { shownName, shownPath } from '../../core/foreignText/shownText';

/** Whose disk stored files take room on, for the end of a title: nothing for the user's own machine. @param remoteName As VS Code calls the other one. */
export function machineText(remoteName: string | undefined): string {
  return remoteName === undefined ? '' : ` on the Remote Machine (${shownName(remoteName)})`;
}

/** A folder as it is shown, below `~` where it is in the home folder: `~/.config/Code/User/globalStorage/tokenscope.tokenscope/models`. */
export function placeText(folder: string, home: string): string {
  const inHome = folder.slice(home.length);
  return shownPath(folder.startsWith(home) && /^[/\\]/.test(inHome) ? `~${inHome}` : folder);
}
