import type * as vscode from 'vscode';
import { isShortString } from '../../protocol/parsing';

const STATE_KEY = 'tokenscope.bandsOfFiles';

/** More files than anybody switches by hand in one workspace; those that were switched longest ago are forgotten. */
const MAX_FILES = 200;

/** UTF-16 units of an address; what is longer is not remembered. */
const LONGEST_ADDRESS = 2_000;

/** In which files of the workspace somebody has switched bands on or off by hand. */
export class RememberedBands {
  private read: Map<string, boolean> | undefined;

  /** @param state The workspace's: what it gives is checked. */
  constructor(private readonly state: vscode.Memento) {}

  /** Whether bands are on in some file. */
  get hasSomeOn(): boolean {
    return [...this.files.values()].includes(true);
  }

  /** @returns undefined where nobody has switched them. */
  of(uri: vscode.Uri): boolean | undefined {
    return this.files.get(uri.toString());
  }

  async remember(uri: vscode.Uri, isOn: boolean): Promise<void> {
    const address = uri.toString();
    if (address.length > LONGEST_ADDRESS) {
      return;
    }
    this.files.delete(address);
    this.files.set(address, isOn);
    this.read = new Map([...this.files].slice(-MAX_FILES));
    await this.state.update(STATE_KEY, [...this.read]);
  }

  private get files(): Map<string, boolean> {
    this.read ??= new Map(parseFiles(this.state.get<unknown>(STATE_KEY)).slice(-MAX_FILES));
    return this.read;
  }
}

/** Leaves out what is not as we write it. */
function parseFiles(value: unknown): [string, boolean][] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.flatMap((entry): [string, boolean][] => {
    const [address, isOn] = (Array.isArray(entry) ? entry : []) as readonly unknown[];
    return isShortString(address, LONGEST_ADDRESS) && typeof isOn === 'boolean' ? [[address, isOn]] : [];
  });
}
