import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { complaints } from './complaints';

const projectFolder = path.resolve(__dirname, '../../..');

/** What is said of an import that is planted into a file of the project. */
const complaintsOf = (file: string, specifier: string): Promise<string[]> =>
  complaints(
    '@typescript-eslint/no-restricted-imports',
    file,
    `import type { Planted } from '${specifier}';\nexport type Used = Planted;\n`,
  );

describe('rules of imports', () => {
  const forbidden: readonly (readonly [file: string, specifier: string, reason: RegExp])[] = [
    [
      'src/editor/bands/bandColors.ts',
      '../panel/inspectorPanels',
      /src\/editor\/bands stands below or beside/,
    ],
    ['src/editor/panel/exports/csvExport.ts', '../../bands/tokenBands', /src\/editor\/panel stands below or/],
    ['src/editor/query/resolveQuery.ts', '../hover/hoverCard', /src\/editor\/query stands below or beside/],
    ['src/editor/settings.ts', './session/hubToken', /stand below its folders/],
    ['src/editor/hover/hoverCard.ts', 'node:fs', /Node is not there/],
    [
      'src/engine/session/dormancy.ts',
      '../thread/workerEngine',
      /src\/engine\/session stands below or beside/,
    ],
    [
      'src/engine/loaded/graph/graphThread.ts',
      '../../session/waiters',
      /src\/engine\/loaded stands below or/,
    ],
    [
      'src/engine/thread/workerEngine.ts',
      '../loaded/loadedModel',
      /src\/engine\/thread stands below or beside/,
    ],
    [
      'src/engine/questions/embeddingEngine.ts',
      '../thread/workerEngine',
      /src\/engine\/questions stands below or beside/,
    ],
    ['src/engine/engineErrors.ts', './thread/serializedError', /stand below its folders/],
    ['webview-ui/src/inspectorState.ts', '../../src/core/query/meanTerms', /only through src\/protocol/],
    ['src/engine/loaded/loadedModel.ts', '../../editor/settings', /src\/engine stands below these folders/],
  ];
  for (const [file, specifier, reason] of forbidden) {
    it(`lets ${file} not import ${specifier}`, async () => {
      const messages = await complaintsOf(file, specifier);
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', reason);
    });
  }

  const allowed: readonly (readonly [file: string, specifier: string])[] = [
    ['src/editor/hover/hoverCard.ts', '../bands/tokenBands'],
    ['src/editor/session/modelLocator.ts', '../../engine/session/embeddingState'],
    ['src/engine/thread/engineWorker.ts', '../loaded/inProcessEngine'],
    ['src/engine/thread/workerEngine.ts', '../questions/embeddingEngine'],
    ['webview-ui/src/inspectorState.ts', '../../src/core/query/mapLabels/labelPyramid'],
  ];
  for (const [file, specifier] of allowed) {
    it(`lets ${file} import ${specifier}`, async () => {
      assert.deepEqual(await complaintsOf(file, specifier), []);
    });
  }

  it('finds two files that import each other, though only for types', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenscope-circle-'));
    const write = (name: string, imported: string): void => {
      const text = `import type { ${imported} } from './${imported}';\nexport interface ${name} { readonly other: ${imported} }\n`;
      fs.writeFileSync(path.join(folder, `${name}.ts`), text);
    };
    try {
      write('First', 'Second');
      write('Second', 'First');
      fs.copyFileSync(path.join(projectFolder, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
      const program = path.join(projectFolder, 'node_modules/oxlint/bin/oxlint');
      const { status, stdout } = spawnSync(process.execPath, [program, '.'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(status, 1);
      assert.match(stdout, /import\(no-cycle\)/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
