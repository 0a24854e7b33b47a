// Packages of npm that hold a Node.
import path from 'node:path';

/**
 * The package for a system and a processor.
 *
 * @param {string} [platform]
 * @param {string} [architecture]
 * @returns {{name: string, program: string}} `program` is the path of Node within it.
 */
export function nodePackage(platform = process.platform, architecture = process.arch) {
  const isWindows = platform === 'win32';
  // The plain name belongs to an older one, without Nodes for Apple's processors.
  const prefix = platform === 'darwin' && architecture === 'arm64' ? 'node-bin' : 'node';
  return {
    name: `${prefix}-${isWindows ? 'win' : platform}-${architecture}`,
    program: path.join('bin', isWindows ? 'node.exe' : 'node'),
  };
}
