// node scripts/pictures.mjs
// Takes the README's pictures over from the last end-to-end run (out/screenshots/readme) into media/.
import fs from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from './build.mjs';

const from = path.join(projectFolder, 'out/screenshots/readme');
for (const name of await fs.readdir(from)) {
  await fs.copyFile(path.join(from, name), path.join(projectFolder, 'media', name));
  console.log(`media/${name}`);
}
