import assert from 'node:assert/strict';
import {
  storedList,
  type ServedFiles,
  type StoredFolders,
} from '../../../../src/editor/commands/storedItems';
import { HUB_ADDRESS } from '../../../../src/model/hub/serverAddress';

const FOLDERS: StoredFolders = {
  models: '/home/ada/.config/models',
  indexes: '/var/indexes',
  vectors: '/var/vectors',
  home: '/home/ada',
  remoteName: undefined,
};

const MODEL: ServedFiles = {
  server: HUB_ADDRESS,
  repository: 'ada/tiny',
  revision: '0123456789abcdef0123456789abcdef01234567',
  folder: '/home/ada/.config/models/models--ada--tiny/snapshots/0',
  bytes: 2e6,
  isComplete: true,
};

describe('The list of stored files', () => {
  it('says of each where it lies and how large it is', () => {
    const { title, items } = storedList([MODEL], [], 3e6, FOLDERS);
    assert.equal(title, 'Downloaded Model Files and Indexes: 5.0 MB');
    assert.deepEqual(
      items.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['ada/tiny', '2.0 MB · 0123456789ab', '~/.config/models'],
        [
          'Indexes and neighbor graphs',
          '3.0 MB · of all models, made again when they are needed',
          '/var/indexes',
        ],
      ],
    );
  });

  it('says what is not complete, from another server or on another machine', () => {
    const part = { ...MODEL, isComplete: false, server: 'https://mirror.example/hf' };
    const { title, items } = storedList([part], [], 0, { ...FOLDERS, remoteName: 'ssh-remote' });
    assert.match(title, / on the Remote Machine \(ssh-remote\): 2\.0 MB$/);
    assert.deepEqual(
      items.map(({ description }) => description),
      ['2.0 MB · 0123456789ab · not complete yet · from mirror.example/hf'],
    );
  });

  it('has what files of vectors were converted to, by the names of those', () => {
    const { title, items } = storedList(
      [],
      [
        {
          path: '/var/vectors/glove-1-2.safetensors',
          bytes: 4e6,
          origin: '/home/ada/glove.txt',
          format: 'GloVe text',
        },
        { path: '/var/vectors/x-1-2.partial', bytes: 1e6, origin: undefined, format: undefined },
      ],
      0,
      FOLDERS,
    );
    assert.equal(title, 'Model Files and Indexes: 5.0 MB');
    assert.deepEqual(
      items.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['glove.txt', '4.0 MB · converted from GloVe text, made again when it is needed', '~/glove.txt'],
        ['x-1-2.partial', '1.0 MB · not complete yet', '/var/vectors'],
      ],
    );
  });
});
