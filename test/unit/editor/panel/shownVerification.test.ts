import assert from 'node:assert/strict';
import { ShownVerification } from '../../../../src/editor/panel/shownVerification';
import type { VerificationView } from '../../../../src/protocol/panelSnapshot';

const FOUND: VerificationView = {
  metric: 'cosine',
  rows: 50_257,
  loopMilliseconds: 90,
  fastMilliseconds: 6,
  largestDifference: 0,
  correlation: 1,
  sameOrder: true,
};

describe('What Verify Similarity found', () => {
  it('is shown with the list it is of, and goes with it', async () => {
    const verification = new ShownVerification();
    verification.begin();
    assert.equal(await verification.take(() => Promise.resolve(FOUND)), true);
    assert.equal(verification.view, FOUND);
    verification.begin();
    assert.equal(verification.view, undefined);
  });

  it('is not shown where it arrives after another number, filter or left-out word was chosen', async () => {
    const verification = new ShownVerification();
    verification.begin();
    const taken = verification.take(() => {
      verification.begin();
      return Promise.resolve(FOUND);
    });
    assert.equal(await taken, false);
    assert.equal(verification.view, undefined);
  });

  it('leaves what is shown where the user cancels, and can be closed', async () => {
    const verification = new ShownVerification();
    await verification.take(() => Promise.resolve(FOUND));
    assert.equal(await verification.take(() => Promise.resolve(undefined)), false);
    assert.equal(verification.view, FOUND);
    verification.close();
    assert.equal(verification.view, undefined);
  });
});
