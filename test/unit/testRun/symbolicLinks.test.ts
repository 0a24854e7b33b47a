import assert from 'node:assert/strict';
import { canLinkFiles } from '../../fixtures/symbolicLinks';

const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

describe('tests with symbolic links', () => {
  it('are left out where Windows does not allow them, and only there', () => {
    assert.equal(canLinkFiles(failing('EPERM')), false);
    assert.throws(() => canLinkFiles(failing('ENOSPC')), { code: 'ENOSPC' });
    assert.equal(
      canLinkFiles(() => undefined),
      true,
    );
  });
});
