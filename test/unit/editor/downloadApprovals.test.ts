import assert from 'node:assert/strict';
import { DownloadApprovals } from '../../../src/editor/session/downloadApprovals';

/** A memento in memory that keeps JSON, as VS Code's does. */
class MemoryState {
  private values: Record<string, string> = {};

  keys(): string[] {
    return Object.keys(this.values);
  }

  get(key: string): unknown {
    const text = this.values[key];
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values[key] = JSON.stringify(value);
    return Promise.resolve();
  }
}

const GPT2 = { repository: 'openai-community/gpt2', revision: 'main' };
const OTHER = { repository: 'openai-community/gpt2-medium', revision: 'main' };

describe('approved downloads', () => {
  it('are remembered across windows, for the very revision', async () => {
    const state = new MemoryState();
    await new DownloadApprovals(state as never).approve(GPT2, { wholeFile: false });
    const later = new DownloadApprovals(state as never);
    assert.equal(later.has(GPT2), true);
    assert.equal(later.has({ ...GPT2, revision: 'other' }), false);
    assert.equal(later.has(OTHER), false);
  });

  it('of whole files hold for this window only', async () => {
    const state = new MemoryState();
    const approvals = new DownloadApprovals(state as never);
    await approvals.approve(GPT2, { wholeFile: true });
    assert.equal(approvals.allowsWholeFile(GPT2), true);
    assert.equal(new DownloadApprovals(state as never).allowsWholeFile(GPT2), false);
  });

  it('are forgotten with a repository, and no other', async () => {
    const approvals = new DownloadApprovals(new MemoryState() as never);
    await approvals.approve(GPT2, { wholeFile: true });
    await approvals.approve(OTHER, { wholeFile: false });
    await approvals.revoke(GPT2.repository);
    assert.equal(approvals.has(GPT2), false);
    assert.equal(approvals.allowsWholeFile(GPT2), false);
    assert.equal(approvals.has(OTHER), true);
  });

  it('survive a state that is none', async () => {
    const state = new MemoryState();
    for (const broken of [7, 'x', [1, null], {}]) {
      await state.update('tokenscope.approvedDownloads', broken);
      assert.equal(new DownloadApprovals(state as never).has(GPT2), false);
    }
  });
});
