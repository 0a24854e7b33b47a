import assert from 'node:assert/strict';
import { DownloadApprovals } from '../../../../src/editor/session/downloadApprovals';
import { HUB_ADDRESS } from '../../../../src/model/hub/serverAddress';
import { MemoryState } from './memoryState';

const GPT2 = { server: HUB_ADDRESS, repository: 'openai-community/gpt2', revision: 'main' };
const OTHER = { ...GPT2, repository: 'openai-community/gpt2-medium' };
const MIRRORED = { ...GPT2, server: 'https://mirror.example/hf' };

describe('approved downloads', () => {
  it('are remembered across windows, for the very revision', async () => {
    const state = new MemoryState();
    await new DownloadApprovals(state as never).approve(GPT2, { wholeFile: false });
    const later = new DownloadApprovals(state as never);
    assert.equal(later.has(GPT2), true);
    assert.equal(later.has({ ...GPT2, revision: 'other' }), false);
    assert.equal(later.has(OTHER), false);
  });

  it('are for one server: that which the user was told', async () => {
    const approvals = new DownloadApprovals(new MemoryState() as never);
    await approvals.approve(GPT2, { wholeFile: true });
    for (const server of [MIRRORED.server, 'https://mirror.example', 'http://huggingface.co']) {
      assert.equal(approvals.has({ ...GPT2, server }), false, server);
      assert.equal(approvals.allowsWholeFile({ ...GPT2, server }), false, server);
    }
    await approvals.approve(MIRRORED, { wholeFile: false });
    assert.equal(approvals.has(MIRRORED), true);
    assert.equal(approvals.has({ ...MIRRORED, server: 'https://mirror.example' }), false);
    await approvals.revoke(MIRRORED);
    assert.deepEqual([approvals.has(MIRRORED), approvals.has(GPT2)], [false, true]);
  });

  it("from before servers were told apart are the hub's alone", async () => {
    const state = new MemoryState();
    await state.update('tokenscope.approvedDownloads', ['openai-community/gpt2@main']);
    const approvals = new DownloadApprovals(state as never);
    assert.deepEqual([approvals.has(GPT2), approvals.has(MIRRORED)], [true, false]);
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
    await approvals.revoke(GPT2);
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
