import assert from 'node:assert/strict';
import { deleteStored, deletionNotice } from '../../../../src/editor/commands/deleteStored';

describe('Deleting what is stored', () => {
  const files = (name: string, bytes: number) => ({ name, remove: () => Promise.resolve(bytes) });
  const busy = {
    name: 'ada/tiny',
    remove: () => Promise.reject(new Error('ada/tiny is in use by another window.')),
  };

  it('goes on where something cannot be deleted, and says what was left', async () => {
    const deletion = await deleteStored([files('a', 1e6), busy, files('b', 2e6)]);
    assert.equal(deletionNotice(deletion), 'Deleted 3.0 MB. ada/tiny is in use by another window.');
  });

  it('says that nothing was deleted', async () => {
    assert.equal(
      deletionNotice(await deleteStored([busy])),
      'Nothing was deleted. ada/tiny is in use by another window.',
    );
    assert.equal(deletionNotice(await deleteStored([files('a', 5e6)])), 'Deleted 5.0 MB.');
  });

  it('shows what a system says as plain text of bounded length', async () => {
    const remove = (): Promise<number> => Promise.reject(new Error(`\u202e${'x'.repeat(1_000)}`));
    const notice = deletionNotice(await deleteStored([{ name: 'a', remove }]));
    assert.ok(notice.length < 350 && !notice.includes('\u202e'));
  });
});
