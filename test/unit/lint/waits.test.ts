import assert from 'node:assert/strict';
import { complaints } from './complaints';

const complaintsOf = (statement: string): Promise<string[]> =>
  complaints('no-restricted-syntax', 'test/e2e/inspector.test.ts', statement);

describe('rule of waits', () => {
  const forbidden: readonly (readonly [statement: string, instead: RegExp])[] = [
    ['await page.waitForTimeout(500);', /Wait for what should come/],
    ['it("x", function () { this.timeout(5_000); });', /TEST_LIMIT_MS of test\/limits\.mjs/],
    ['await row.waitFor({ timeout: 1_500 });', /test\/limits\.mjs/],
  ];
  for (const [statement, instead] of forbidden) {
    it(`lets a test not do this: ${statement}`, async () => {
      const [message, ...more] = await complaintsOf(statement);
      assert.match(message ?? '', instead);
      assert.deepEqual(more, []);
    });
  }

  it('lets a test wait as long as all do', async () => {
    assert.deepEqual(
      await complaintsOf('await row.waitFor({ timeout: WAIT_LIMIT_MS }); await row.waitFor();'),
      [],
    );
  });
});
