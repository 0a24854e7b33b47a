// Makes every generated source file (folders named `generated/`, not in git). Each step skips itself when up to date.
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isStartedModule } from './startedModule.mjs';

/** Runs all steps in scripts/generate/. */
export async function generateAll() {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'generate');
  const steps = (await fs.readdir(folder)).filter((name) => name.endsWith('.mjs')).sort();
  for (const step of steps) {
    const { generate } = await import(pathToFileURL(path.join(folder, step)).href);
    await generate();
  }
}

if (isStartedModule(import.meta.url)) {
  await generateAll();
}
