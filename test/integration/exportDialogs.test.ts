import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ExportDialogs } from '../../src/editor/panel/exports/exportDialogs';

type Dialogs = Pick<typeof vscode.window, 'showOpenDialog' | 'showWarningMessage'>;

describe('files that are saved into a folder', () => {
  const { showOpenDialog, showWarningMessage } = vscode.window;
  const questions: string[] = [];
  let folder: string;
  let answer: string | undefined;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-'));
    questions.length = 0;
    // The user, who has chosen the folder, and answers what is asked then.
    const user = {
      showOpenDialog: () => Promise.resolve([vscode.Uri.file(folder)]),
      showWarningMessage: (question: string) => {
        questions.push(question);
        return Promise.resolve(answer);
      },
    };
    Object.assign(vscode.window, user as unknown as Dialogs);
  });

  afterEach(async () => {
    Object.assign(vscode.window, { showOpenDialog, showWarningMessage });
    await fs.rm(folder, { recursive: true });
  });

  const save = (content: string): Promise<boolean> =>
    new ExportDialogs(vscode.Uri.file(folder)).saveInto(
      new Map([
        ['vectors.tsv', content],
        ['metadata.tsv', content],
      ]),
    );
  const saved = (name: string): Promise<string> => fs.readFile(path.join(folder, name), 'utf8');

  it('replace none without a question, of those alone that are there', async () => {
    assert.equal(await save('first'), true);
    assert.deepEqual(questions, []);
    await fs.rm(path.join(folder, 'metadata.tsv'));
    answer = undefined;
    assert.equal(await save('second'), false);
    assert.deepEqual(questions, ['vectors.tsv is in this folder already.']);
    assert.equal(await saved('vectors.tsv'), 'first');
    assert.deepEqual(await fs.readdir(folder), ['vectors.tsv']);
    answer = 'Replace';
    assert.equal(await save('third'), true);
    assert.equal(await saved('vectors.tsv'), 'third');
    assert.equal(await saved('metadata.tsv'), 'third');
  });
});
