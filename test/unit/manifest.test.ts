import assert from 'node:assert/strict';
import fs from 'node:fs';
import { NEIGHBOR_COMMANDS } from '../../src/editor/commandIds';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Record<string, { readonly default: unknown }> };
  };
}

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
const settings = Object.keys(manifest.contributes.configuration.properties);

describe('manifest', () => {
  it('lets no untrusted workspace name a file or a server', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.deepEqual(restrictedConfigurations, [
      'tokenscope.model',
      'tokenscope.embeddingTensor',
      'tokenscope.hubEndpoint',
      'tokenscope.databases',
      'tokenscope.database.search',
      'tokenscope.database.timeLimit',
    ]);
    assert.ok(restrictedConfigurations.every((name) => settings.includes(name)));
  });

  it('wakes the extension for texts and for what is to be restored only; commands do so by themselves', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onLanguage',
      'onWebviewPanel:tokenscope.inspector',
      'onFileSystem:tokenscope-lesson',
    ]);
  });

  it('has a context menu for neighbors of inspectors, with commands that are nowhere else', () => {
    const { commands, menus } = manifest.contributes;
    const names = Object.values(NEIGHBOR_COMMANDS);
    const isAbout = ({ command }: { readonly command: string }) => names.includes(command);
    assert.deepEqual(
      menus['webview/context']?.map(({ command }) => command),
      names,
    );
    assert.ok(
      menus['webview/context'].every(({ when }) =>
        when?.startsWith("webviewId == 'tokenscope.inspector' && webviewSection == 'neighbor'"),
      ),
    );
    assert.equal(commands.filter(isAbout).length, names.length);
    assert.deepEqual(
      menus.commandPalette?.filter(isAbout),
      names.map((command) => ({ command, when: 'false' })),
    );
  });

  it('has every setting, with its default, in the table of the README', () => {
    const readme = fs.readFileSync('README.md', 'utf8');
    for (const [name, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      assert.ok(row, `${name} is not in the README`);
      assert.match(
        row,
        value === '' || isEmptyObject(value) ? /\| empty +\|/ : new RegExp(`\\| \`${String(value)}\` +\\|`),
      );
    }
  });
});

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
