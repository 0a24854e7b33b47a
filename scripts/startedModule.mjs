// Tells a script that was started from one that was imported.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * True for the module that Node was told to run. Its own address has no links in it, the name that it was called by may have: a link
 * or a junction on the way, or letters in another case where the file system does not tell them apart.
 *
 * @param {string} address `import.meta.url` of the module that asks.
 * @param {string | undefined} [calledName] What Node was told to run.
 */
export function isStartedModule(address, calledName = process.argv[1]) {
  return calledName !== undefined && realName(calledName) === realName(fileURLToPath(address));
}

function realName(file) {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return file; // RAM disks and mapped drives may have no real names
  }
}
