// node scripts/pictures.mjs [readme | walkthrough | model | vectors]
// Takes the pictures of the README and of Get Started in a real VS Code with the packaged extension, and writes them to media/. They
// show the sample vectors, and for the figures of the lesson the planted test checkpoint, as their captions say.
import fs from 'node:fs/promises';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { ensurePlantedCheckpoint } from '../test/host/plantedCheckpoint.mjs';
import { projectFolder } from './build.mjs';
import { packageExtension } from './package.mjs';
import { useSample } from './pictures/useSample.mjs';
import { startTable, takeTablePicture } from './pictures/table.mjs';
import { takeVectorPicture, vectorSession } from './pictures/vectors.mjs';
import { takeModelPictures, takeWalkthroughPictures } from './pictures/walkthrough.mjs';

const WINDOW = { width: 1280, height: 800 };
/** The right half is a panel wide enough for the figure and the numbers beside it. */
const WIDE_WINDOW = { width: 1720, height: 1000 };
const MARGIN = { above: 30, below: 16, left: 70, right: 16 };

/** Where the checkpoint is that is shown. */
const PICTURED = path.join(projectFolder, '.cache/pictures');

/** For the neighbor graph and the layout, on a machine that has other work. */
const GRAPH_MS = 600_000;

/** Lists, plots and the fading-in of hovers are drawn on after a change. */
const DRAWING_MS = 500;

process.env.TOKENSCOPE_VSIX ??= await packageExtension();
process.env.TOKENSCOPE_PLANTED_CHECKPOINT = await withoutHugeRow(ensurePlantedCheckpoint());
// The sources of the end-to-end tests are TypeScript.
const { openSession, startPrograms } = await tsImport('../test/e2e/vscodeWindow.ts', import.meta.url);

const [chosen] = process.argv.slice(2);
try {
  if (chosen === undefined || chosen === 'readme') {
    await inWindow(async (workbench) => {
      await prepare(workbench);
      await takeReadmePictures(workbench);
    });
  }
  if (chosen === undefined || chosen === 'readme' || chosen === 'vectors') {
    await inWindow((workbench) => takeVectorPicture(workbench, save), 'none', await vectorSession());
    const table = await startTable();
    try {
      await inWindow((workbench) => takeTablePicture(workbench, save), 'none', table.session);
    } finally {
      await table.close();
    }
  }
  if (chosen === undefined || chosen === 'walkthrough' || chosen === 'model') {
    if (chosen !== 'model') {
      await inWindow(async (workbench) => {
        await prepare(workbench);
        await takeWalkthroughPictures(workbench, save);
      });
    }
    await inWindow((workbench) => takeModelPictures(workbench, save), 'none');
  }
} finally {
  await fs.rm(PICTURED, { recursive: true, force: true });
}

/** @param options What the window opens with, in place of the lesson. */
async function inWindow(takePictures, checkpoint = 'planted', options = {}) {
  const programs = await startPrograms({ checkpoint });
  try {
    const { workbench } = await openSession(programs, { file: 'lesson.md', checkpoint, ...options });
    await takePictures(workbench);
  } finally {
    await programs.stop();
  }
}

/** With the embeddings loaded, and nothing but editors. */
async function prepare(workbench) {
  await workbench.useTheme('dark');
  await workbench.runCommand('View: Close Primary Side Bar').catch(() => undefined);
  await workbench.runCommand('Tokenscope: Load Embeddings…');
  await workbench.statusItem('gpt2-planted').waitFor();
  await workbench.dismissNotifications();
}

async function takeReadmePictures(workbench) {
  const { inspector, page } = workbench;
  await page.setViewportSize(WINDOW);
  await workbench.useTheme('dark');

  await workbench.clickWord('Mike');
  await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
  await inspector.waitForFirst('Mike', '1.000');
  await inspector.selectedRow.waitFor();
  await workbench.leaveHover();
  await save(page, 'inspector');

  await page.setViewportSize(WIDE_WINDOW);
  await workbench.useTheme('light');
  await inspector.compare('ban', 'ana');
  await inspector.frame.getByText('Cosine similarity = 0.320').waitFor();
  await workbench.leaveHover();
  await save(page, 'compare', await inspector.webview.boundingBox());

  await useSample(workbench);
  await inspector.tab('Neighbors').click();
  await inspector.ask('" Michael"');
  await inspector.tab('Token').click();
  await inspector.frame.getByText('Neighbors under two metrics').waitFor();
  await inspector.frame
    .getByText(/percentile/)
    .first()
    .waitFor();
  await workbench.leaveHover();
  await save(page, 'token', await inspector.webview.boundingBox());

  await takeMapPicture(workbench);

  await page.setViewportSize(WINDOW);
  await workbench.useTheme('dark');
  // The others are closed, so the one with the text has to be the active one.
  await workbench.clickWord('banana');
  await workbench.runCommand('View: Close Editors in Other Groups');
  const card = await workbench.hoverWord('banana', 'nearest by cosine');
  await save(page, 'hover', around(await card.boundingBox(), MARGIN));
  await workbench.leaveHover();
}

/** The map of all tokens of the sample vectors, which takes its time: the neighbor graph is computed for it. */
async function takeMapPicture(workbench) {
  const { inspector, page } = workbench;
  await page.setViewportSize(WINDOW);
  await workbench.useTheme('dark');
  // A text is shown on the whole map; a query that is one token is selected there, and the map flies to it.
  await inspector.tab('Neighbors').click();
  await inspector.ask('Mike');
  await inspector.tab('Map').click();
  await inspector.button('How true is it?').waitFor({ timeout: GRAPH_MS });
  await workbench.leaveHover();
  await save(page, 'map');
}

/**
 * A copy of the planted checkpoint whose one row of length 1e30, there to try a search with, is of usual length: else the mean of all
 * rows would be that row, and centered figures would say nothing.
 */
async function withoutHugeRow(file) {
  const copy = path.join(PICTURED, 'gpt2-planted/model.safetensors');
  await fs.mkdir(path.dirname(copy), { recursive: true });
  await fs.copyFile(file, copy);
  const { PLANTED } = await tsImport('../test/fixtures/checkpoints/plantedNeighborhoods.ts', import.meta.url);
  const { hugeRow, norms, tensorName, dimension } = PLANTED;
  const handle = await fs.open(copy, 'r+');
  try {
    const headerLength = Number((await read(handle, 8, 0)).readBigUInt64LE());
    const header = JSON.parse((await read(handle, headerLength, 8)).toString('utf8'));
    const [tensorStart] = header[tensorName].data_offsets;
    const start = 8 + headerLength + tensorStart + hugeRow.id * dimension * 4;
    const row = await read(handle, dimension * 4, start);
    for (let byte = 0; byte < row.length; byte += 4) {
      row.writeFloatLE((row.readFloatLE(byte) / hugeRow.norm) * norms.mean, byte);
    }
    await handle.write(row, 0, row.length, start);
  } finally {
    await handle.close();
  }
  return copy;
}

async function read(handle, length, position) {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) {
    throw new Error('The planted checkpoint ends too early.');
  }
  return buffer;
}

function around(box, { above, below, left, right }) {
  return {
    x: box.x - left,
    y: box.y - above,
    width: box.width + left + right,
    height: box.height + above + below,
  };
}

async function save(page, name, clip) {
  await page.waitForTimeout(DRAWING_MS);
  const file = path.join('media', `${name}.png`);
  await page.screenshot({ path: path.join(projectFolder, file), ...(clip && { clip }) });
  console.log(file);
}
