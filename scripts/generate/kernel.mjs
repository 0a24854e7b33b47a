// Compiles the SIMD kernel (AssemblyScript) and writes it as a base64 constant, so that it travels inside every bundle.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src/core/embedding/kernel');
const assembly = path.join(folder, 'assembly');
const target = path.join(folder, 'generated/simdKernelModule.ts');

/**
 * Plain SIMD only: one relaxed instruction would make older runtimes refuse the whole module. The memory is shared, so that
 * several threads can scan one index; its size is the importer's business, up to the 4 GiB of 32-bit addresses.
 */
export const COMPILER_OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd,threads',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
];

/** Writes the generated module unless it was made from the same source with the same compiler and options. */
export async function generate() {
  const files = (await fs.readdir(assembly)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(files.map((name) => fs.readFile(path.join(assembly, name), 'utf8')));
  const compiler = JSON.parse(
    await fs.readFile(new URL('../../node_modules/assemblyscript/package.json', import.meta.url), 'utf8'),
  ).version;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([files, texts, compiler, COMPILER_OPTIONS]))
    .digest('hex');
  const present = await fs.readFile(target, 'utf8').catch(() => '');
  if (present.includes(fingerprint)) {
    return;
  }
  const module = await compile(path.join(assembly, 'kernel.ts'));
  await fs.mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  await fs.writeFile(
    temporary,
    [
      `// Made by scripts/generate/kernel.mjs from assembly/*.ts; fingerprint ${fingerprint}.`,
      `/** The SIMD kernel as WebAssembly binary, ${module.length} bytes in base64. */`,
      `export const SIMD_KERNEL_BASE64 =\n  '${Buffer.from(module).toString('base64')}';`,
      '',
    ].join('\n'),
  );
  // One step: a build that runs at the same time never reads half a file.
  await fs.rename(temporary, target);
}

/**
 * Compiles one AssemblyScript file.
 *
 * @param {string} file Path of the source.
 * @returns {Promise<Uint8Array>} The WebAssembly binary.
 */
export async function compile(file) {
  // Loaded late: the compiler takes a second that an up-to-date build does not need.
  const asc = await import('assemblyscript/asc');
  const written = new Map();
  const { error, stderr } = await asc.main(
    [path.basename(file), '--baseDir', path.dirname(file), '--outFile', 'kernel.wasm', ...COMPILER_OPTIONS],
    {
      readFile: (name, base) => fs.readFile(path.resolve(base, name), 'utf8').catch(() => null),
      writeFile: (name, contents) => void written.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) {
    throw new Error(`AssemblyScript could not compile ${file}:\n${stderr}`, { cause: error });
  }
  return written.get('kernel.wasm');
}
