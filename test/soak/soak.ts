import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/editor/commandIds';
import { makeModelFolder } from '../fixtures/tokenizers/modelFolder';
import { activated, showText, until, withSetting } from '../integration/extensionAccess';
import { REPORT_MARK } from '../integration/reportMark';
import { ACTIVITIES, type Activity, type Desk } from './activities';
import { readAtRest, type Reading, type ReadingSources } from './reading';
import { RunningThreads } from './runningThreads';
import { grownMeasures, soakTable, type SoakedActivity } from './soakTable';

const ROUNDS = 5;

/** Words of several tokens, white space and signs that are marked. */
const TEXT = Array.from(
  { length: 120 },
  (_, line) => `Line ${line}: Mike ate a ripe banana, and getElementsByTagNameNS was cosmic.\u00a0`,
).join('\n');

/**
 * Called by VS Code in its extension host: does what a working day does, and reads after each round what is in use.
 *
 * @throws {Error} where something grew with the count.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const threads = new RunningThreads();
  const access = await activated();
  const sources: ReadingSources = {
    threads,
    ownListeners: () => access.session.listenerCount,
    storage: path.dirname(access.storage),
  };
  const before = await readAtRest(sources);
  const desk = await setUp({ access, threads });
  const activities: SoakedActivity[] = [];
  for (const activity of chosenActivities()) {
    activities.push(await soak(activity, desk, sources));
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until(() => access.documents.followedCount === 0 || undefined);
  tell(soakTable(before, activities, await readAtRest(sources)));
  const grown = grownMeasures(activities);
  if (grown.length > 0) {
    tell(grown.join('\n'));
    throw new Error('Something grew with the count.');
  }
  tell('Nothing grew with the count.');
}

/** Those that the environment names, separated by commas; all where it names none. */
function chosenActivities(): readonly Activity[] {
  const names = (process.env.TOKENSCOPE_SOAK_ACTIVITIES ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => ACTIVITIES.every((activity) => activity.name !== name));
  assert.deepEqual(unknown, [], `The activities are: ${ACTIVITIES.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? ACTIVITIES : ACTIVITIES.filter(({ name }) => names.includes(name));
}

async function soak(activity: Activity, desk: Desk, sources: ReadingSources): Promise<SoakedActivity> {
  const { name, operations } = activity;
  const readings: Reading[] = [];
  const undo = await activity.prepare?.(desk);
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    for (let i = 0; i < operations; i++) {
      await activity.perform(desk, round * operations + i);
    }
    await desk.banded.document.save();
    const seconds = (performance.now() - began) / 1000;
    readings.push(await readAtRest(sources));
    tell(`${operations * (round + 1)} ${name}, this round in ${seconds.toFixed(1)} s`);
  }
  await undo?.();
  return { name, operations, readings };
}

async function setUp({ access, threads }: Pick<Desk, 'access' | 'threads'>): Promise<Desk> {
  const other = path.join(os.tmpdir(), 'tokenscope-soak-model');
  await makeModelFolder('pythia', other);
  await withSetting('surprises.enabled', true);
  const { document: plain } = await showText(TEXT);
  // Else the next text takes its tab.
  await vscode.commands.executeCommand('workbench.action.keepEditor');
  const banded = await showText(TEXT);
  await access.session.ensureReady();
  await vscode.commands.executeCommand(COMMANDS.toggleBands);
  await vscode.commands.executeCommand(COMMANDS.colorBands, { by: 'norm' });
  await until(() => access.bands.painted(banded)?.version === banded.document.version || undefined);
  const own = vscode.workspace.getConfiguration('tokenscope').get<string>('model');
  assert.ok(own);
  return { access, threads, banded, plain, models: { own, sample: 'sample', other } };
}

function tell(lines: string): void {
  for (const line of lines.split('\n')) {
    console.log(REPORT_MARK + line);
  }
}
