import type * as vscode from 'vscode';
import { isShortString } from '../../protocol/parsing';

const STATE_KEY = 'tokenscope.usedModels';

/** More than a picker needs; those used longest ago are forgotten. */
const MOST_PATHS = 10;

/** UTF-16 units: the longest path of Linux. */
const LONGEST_PATH = 4096;

/** Files and folders of this machine that were used as models, across windows and restarts. */
export class UsedModels {
  constructor(private readonly state: vscode.Memento) {}

  /** Absolute, the one used last first. They may have gone. */
  get paths(): readonly string[] {
    const value = this.state.get<unknown>(STATE_KEY);
    const paths = (Array.isArray(value) ? (value as readonly unknown[]) : []).filter(isPath);
    return [...new Set(paths)].slice(0, MOST_PATHS);
  }

  async remember(path: string): Promise<void> {
    const { paths } = this;
    if (isPath(path) && paths[0] !== path) {
      await this.state.update(
        STATE_KEY,
        [path, ...paths.filter((other) => other !== path)].slice(0, MOST_PATHS),
      );
    }
  }
}

function isPath(value: unknown): value is string {
  return isShortString(value, LONGEST_PATH) && value !== '' && !value.includes('\0');
}
