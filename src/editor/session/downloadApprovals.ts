import type * as vscode from 'vscode';
import type { HubModel } from '../../model/hub/hubModel';

const STATE_KEY = 'tokenscope.approvedDownloads';

/** More approvals than models that anybody downloads; the oldest are forgotten. */
const MAX_APPROVALS = 100;

/**
 * Which downloads the user has agreed to, across windows and restarts: a download that was interrupted goes on when the model
 * is needed again, and nothing is fetched that nobody asked for.
 */
export class DownloadApprovals {
  private readonly wholeFiles = new Set<string>();

  constructor(private readonly state: vscode.Memento) {}

  has(model: HubModel): boolean {
    return this.approved().includes(approvalOf(model));
  }

  /** Whether the user has agreed, since this window was opened, that the whole file is sent. */
  allowsWholeFile(model: HubModel): boolean {
    return this.wholeFiles.has(approvalOf(model));
  }

  async approve(model: HubModel, options: { readonly wholeFile: boolean }): Promise<void> {
    const name = approvalOf(model);
    if (options.wholeFile) {
      this.wholeFiles.add(name);
    }
    const others = this.approved().filter((approved) => approved !== name);
    await this.state.update(STATE_KEY, [...others, name].slice(-MAX_APPROVALS));
  }

  /** Forgets all approvals of a repository, when its files are deleted. */
  async revoke(repository: string): Promise<void> {
    const isOthers = (name: string): boolean => !name.startsWith(`${repository}@`);
    for (const name of this.wholeFiles) {
      if (!isOthers(name)) {
        this.wholeFiles.delete(name);
      }
    }
    await this.state.update(STATE_KEY, this.approved().filter(isOthers));
  }

  private approved(): string[] {
    const value = this.state.get<unknown>(STATE_KEY);
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  }
}

function approvalOf({ repository, revision }: HubModel): string {
  return `${repository}@${revision}`;
}
