import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import { COMMANDS } from '../../../../src/editor/commandIds';
import {
  COMMAND_CONDITIONS,
  contextsOf,
  isOffered,
  type CommandFacts,
} from '../../../../src/editor/commands/commandConditions';
import { contributedCommands } from '../../../../src/editor/commands/contributedCommands';
import { MODEL } from '../plainEmbeddings';

interface Manifest {
  readonly contributes: {
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;

/** Before anything was opened or asked. */
const NOTHING: CommandFacts = { embeddings: { state: 'none' }, graph: { state: 'none' }, text: undefined };
const ready = (isSample: boolean): EmbeddingState => ({ state: 'ready', model: { ...MODEL, isSample } });

describe('commands that can do something now', () => {
  it('are the same for the command palette as for Token Actions', () => {
    // Commands of a view, and those that no palette lists, have conditions of their own.
    const inManifest = manifest.contributes.menus.commandPalette.filter(({ when }) =>
      /^!?tokenscope\./.test(when),
    );
    assert.deepEqual(
      Object.fromEntries(inManifest.map(({ command, when }) => [command, when])),
      Object.fromEntries(
        Object.entries(COMMAND_CONDITIONS).map(([command, condition]) => [
          command,
          condition.replace(/^!?/, (not) => `${not}tokenscope.`),
        ]),
      ),
    );
  });

  it('are right before the extension runs, when no context is set', () => {
    assert.ok(Object.values(contextsOf(NOTHING)).every((value) => !value));
  });

  it('need a text where they act on one', () => {
    const inText = { ...NOTHING, text: { isBareSide: false } };
    for (const command of [COMMANDS.copyTokens, COMMANDS.toggleBands, COMMANDS.openSplitView]) {
      assert.equal(isOffered(command, NOTHING), false, command);
      assert.equal(isOffered(command, inText), true, command);
    }
    assert.equal(isOffered(COMMANDS.openSplitView, { ...NOTHING, text: { isBareSide: true } }), false);
    assert.equal(isOffered(COMMANDS.findNeighbors, NOTHING), true);
  });

  it('cancel only what is under way, and load only what is not there', () => {
    const offered = (embeddings: EmbeddingState): string[] =>
      [COMMANDS.loadEmbeddings, COMMANDS.download, COMMANDS.useSample, COMMANDS.cancelLoading].filter(
        (command) => isOffered(command, { ...NOTHING, embeddings }),
      );
    const { loadEmbeddings, download, useSample, cancelLoading } = COMMANDS;
    assert.deepEqual(offered({ state: 'none' }), [loadEmbeddings, download, useSample]);
    assert.deepEqual(offered({ state: 'locating' }), [loadEmbeddings, download, useSample, cancelLoading]);
    assert.deepEqual(offered(ready(false)), [useSample]);
    assert.deepEqual(offered(ready(true)), []);
  });

  it('stop a graph while one is built, and build one while there is none', () => {
    const { buildGraph, stopGraph } = COMMANDS;
    const offered = (graph: CommandFacts['graph']): string[] =>
      [buildGraph, stopGraph].filter((command) => isOffered(command, { ...NOTHING, graph }));
    assert.deepEqual(offered({ state: 'none' }), [buildGraph]);
    assert.deepEqual(offered({ state: 'building' } as never), [buildGraph, stopGraph]);
    assert.deepEqual(offered({ state: 'ready' }), []);
  });
});

describe('contributed commands', () => {
  it('have their titles, and their keys as menus write them', () => {
    const other = contributedCommands(manifest, 'other');
    assert.deepEqual(other.get(COMMANDS.findNeighbors), {
      title: 'Find Semantic Neighbors',
      key: 'Ctrl+K Ctrl+G',
    });
    assert.equal(other.get(COMMANDS.selectNextToken)?.key, 'Alt+. with bands');
    assert.deepEqual(other.get(COMMANDS.showLog), { title: 'Show Log' });
    assert.equal(contributedCommands(manifest, 'mac').get(COMMANDS.selectNextToken)?.key, '⌃⌘. with bands');
    assert.equal(
      contributedCommands(manifest, 'unknown').get(COMMANDS.toggleBands)?.key,
      'Ctrl+K Ctrl+Y (⌘K ⌘Y)',
    );
  });

  it('are none of a manifest that has none', () => {
    assert.equal(contributedCommands({ contributes: { commands: [{ command: 1 }, null] } }, 'mac').size, 0);
    assert.equal(contributedCommands(undefined, 'mac').size, 0);
  });
});
