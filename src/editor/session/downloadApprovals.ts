import type * as vscode from 'vscode';
import type { ServedModel } from '../../model/hub/hubModel';
import { HUB_ADDRESS } from '../../model/hub/serverAddress';

const STATE_KEY = 'tokenscope.approvedDownloads';

/** More approvals than models that anybody downloads; the oldest are forgotten. */
const MAX_APPROVALS = 100;

/**
 * Which downloads the user has agreed to, across windows and restarts: a download that was interrupted goes on when the model
 * is needed again, and nothing is fetched that nobody asked for, nor from a server that nobody was asked about.
 */
export class DownloadApprovals {
  private readonly wholeFiles = new Set<string>();

  constructor(private readonly state: vscode.Memento) {}

  has(model: ServedModel): boolean {
    return this.approved().includes(approvalOf(model));
  }

  /** Whether the user has agreed, since this window was opened, that the whole file is sent. */
  allowsWholeFile(model: ServedModel): boolean {
    return this.wholeFiles.has(approvalOf(model));
  }

  async approve(model: ServedModel, options: { readonly wholeFile: boolean }): Promise<void> {
    const name = approvalOf(model);
    if (options.wholeFile) {
      this.wholeFiles.add(name);
    }
    const others = this.approved().filter((approved) => approved !== name);
    await this.state.update(STATE_KEY, [...others, name].slice(-MAX_APPROVALS));
  }

  /** Forgets all approvals of a server's repository, when its files are deleted. */
  async revoke(repository: Pick<ServedModel, 'server' | 'repository'>): Promise<void> {
    const start = approvalOf({ ...repository, revision: '' });
    for (const name of this.wholeFiles) {
      if (name.startsWith(start)) {
        this.wholeFiles.delete(name);
      }
    }
    await this.state.update(
      STATE_KEY,
      this.approved().filter((name) => !name.startsWith(start)),
    );
  }

  private approved(): string[] {
    const value = this.state.get<unknown>(STATE_KEY);
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  }
}

/** The hub itself is not named: approvals from before others were told apart are the hub's. */
function approvalOf({ server, repository, revision }: ServedModel): string {
  const model = `${repository}@${revision}`;
  return server === HUB_ADDRESS ? model : `${server} ${model}`;
}
