import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/editor/commandIds';
import { modelItems, type ModelsOfMachine } from '../../src/editor/commands/chooseModel';
import type { ModelChoice } from '../../src/editor/session/modelChoice';
import { HUB_ADDRESS } from '../../src/model/hub/serverAddress';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import type { FoundVectors } from '../../src/model/vectorFiles/findVectorFiles';
import type { ModelIdentity } from '../../src/model/modelLocation';
import { makeModelFolder } from '../fixtures/tokenizers/modelFolder';
import { activated, answered, closeEditors, plantedModelBack, until, withSetting } from './extensionAccess';

const IDENTITY: ModelIdentity = {
  name: 'mine',
  isSample: false,
  isVerified: false,
  path: '/models/mine/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 300,
  dimension: 16,
  warnings: [],
};

/** A machine with GPT-2 and one folder that was used before, and what was chosen there. */
function machineWith(
  current: string,
  currentPaths: readonly string[] = [],
  found: readonly FoundVectors[] = [],
) {
  const chosen: string[] = [];
  const choice = {
    current,
    isCurrent: (setting: string) => setting === current,
    settingFor: () => '',
    use: (setting: string) => Promise.resolve(void chosen.push(setting)),
    useCurrent: () => Promise.resolve(void chosen.push(`again ${current}`)),
  };
  const machine: ModelsOfMachine = {
    server: { address: HUB_ADDRESS },
    survey: () =>
      Promise.resolve([
        {
          known: GPT2_SMALL,
          repository: GPT2_SMALL.repository,
          revision: GPT2_SMALL.revision,
          place: 'cache',
        },
      ]),
    surveyUsed: () => Promise.resolve([{ path: '/models/mine', identity: IDENTITY }]),
    findVectors: () => Promise.resolve(found),
    currentPaths: () => currentPaths,
    has: () => Promise.resolve(true),
    createDownloader: () => {
      throw new Error('nothing is downloaded here');
    },
    databases: () => [],
    chooseTable: () => Promise.resolve(),
    connect: () => Promise.resolve(),
    home: vscode.Uri.file('/home/ada'),
  };
  const items = modelItems(choice as unknown as ModelChoice, machine);
  return { items, chosen };
}

async function markedIn(current: string, currentPaths?: readonly string[]): Promise<readonly string[]> {
  const items = await machineWith(current, currentPaths).items;
  assert.equal(items[0]?.label, 'Current');
  assert.match(items[1]?.description ?? '', /^current/);
  assert.equal(new Set(items.map(({ label }) => label)).size, items.length, 'an entry is there twice');
  return items.filter(({ description }) => description?.startsWith('current')).map(({ label }) => label);
}

describe('Choose Model', () => {
  it('puts first and marks the model that the setting says, however that is written', async () => {
    assert.deepEqual(await markedIn(''), [GPT2_SMALL.displayName]);
    assert.deepEqual(await markedIn('sample'), ['Sample vectors']);
    assert.deepEqual(await markedIn('/models/mine', ['/models/mine']), ['mine']);
    assert.deepEqual(await markedIn('~/mine', ['/models/mine']), ['mine']);
    assert.deepEqual(await markedIn('/models/gone', ['/models/gone']), ['/models/gone']);
    assert.deepEqual(await markedIn('hf:some/other'), ['hf:some/other']);
  });

  it('lists what was used before, and uses it again', async () => {
    const { items, chosen } = machineWith('sample');
    const titles = (await items).filter(({ isSeparator }) => isSeparator).map(({ label }) => label);
    assert.deepEqual(titles, ['Current', 'Used before', 'GPT-2', 'Elsewhere']);
    const used = (await items).find(({ label }) => label === 'mine');
    assert.equal(used?.detail, '300 × 16 F32 · /models/mine');
    await used.choose?.();
    assert.deepEqual(chosen, ['/models/mine']);
  });

  it('lists files of vectors that were found by what they say of themselves, each path once', async () => {
    const { items, chosen } = machineWith(
      'sample',
      [],
      [
        {
          path: '/work/news.bin',
          format: 'word2vec binary',
          rowCount: 3_000_000,
          dimension: 300,
          bytes: 3.6e9,
        },
        { path: '/work/glove.txt', format: 'GloVe text', rowCount: undefined, dimension: 50, bytes: 2_000 },
        { path: '/work/llama.gguf', format: 'GGUF', rowCount: undefined, dimension: undefined, bytes: 7e9 },
        { path: '/models/mine', format: 'GGUF', rowCount: undefined, dimension: undefined, bytes: 1 },
      ],
    );
    const all = await items;
    const from = all.findIndex(({ label }) => label === 'Files of vectors');
    assert.deepEqual(
      all.slice(from, from + 5).map(({ label, detail }) => [label, detail]),
      [
        ['Files of vectors', undefined],
        ['news', '3,000,000 × 300 · word2vec binary · 3.6 GB · /work/news.bin'],
        ['glove', 'rows of 50 values · GloVe text · 2.0 kB · /work/glove.txt'],
        ['llama', 'GGUF · 7.0 GB · /work/llama.gguf'],
        ['Elsewhere', undefined],
      ],
    );
    await all[from + 1]?.choose?.();
    assert.deepEqual(chosen, ['/work/news.bin']);
  });

  it('looks again for one that has gone, and leaves the setting as it is written', async () => {
    for (const [setting, label] of [
      ['~/mine', 'mine'],
      ['~/gone', '~/gone'],
    ] as const) {
      const { items, chosen } = machineWith(
        setting,
        ['/models/mine'].filter(() => label === 'mine'),
      );
      await (await items).find((item) => item.label === label)?.choose?.();
      assert.deepEqual(chosen, [`again ${setting}`]);
    }
  });
});

describe('a model that was chosen', () => {
  it('is loaded and told in the status bar, though no inspector is open', async () => {
    const access = await activated();
    await closeEditors();
    const restore = await withSetting('model', '/no/such/model.safetensors');
    await until(() => (access.session.state.state === 'none' ? true : undefined));
    await vscode.commands.executeCommand(COMMANDS.useSample);
    await until(() => (access.status.shown?.text === '$(beaker) sample vectors' ? true : undefined));
    await restore();
  });
});

describe('the setting of the model', () => {
  const name = 'models/relative';
  let folder: string;

  before(async () => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    folder = path.join(workspace, name);
    await makeModelFolder('pythia', folder);
  });

  after(async () => {
    await plantedModelBack(await activated());
    await fs.rm(path.dirname(folder), { recursive: true, force: true });
  });

  for (const [what, setting] of [
    ['a path that is relative to the workspace', () => name],
    ['${workspaceFolder}', () => `\${workspaceFolder}/${name}`],
    ['a file:// address', () => pathToFileURL(folder).href],
  ] as const) {
    it(`may be ${what}`, async () => {
      const access = await activated();
      const restore = await withSetting('model', setting());
      await vscode.commands.executeCommand('tokenscope.findNeighbors', 'language');
      const shown = await answered(access, 'language');
      assert.equal(path.dirname(shown.answer?.model.path ?? ''), folder);
      await restore();
    });
  }

  it('says in words what is wrong with it', async () => {
    const access = await activated();
    const restore = await withSetting('model', '${env:MODELS}/gpt2');
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'language');
    const reason = await until(() => {
      const { state } = access.session;
      return state.state === 'failed' ? state.reason : undefined;
    });
    assert.match(reason, /\$\{env:MODELS\} is not known here/);
    await restore();
  });
});
