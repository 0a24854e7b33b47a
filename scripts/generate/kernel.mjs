// Compiles the kernel (AssemblyScript), once with plain SIMD and once with relaxed SIMD, and writes both modules as base64 constants, so
// that they travel inside every bundle.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src/core/embedding/kernel');
const assembly = path.join(folder, 'assembly');
const target = path.join(folder, 'generated/kernelBinaries.ts');

/**
 * Plain SIMD: one relaxed instruction would make older runtimes refuse the whole module. The memory is shared, so that several threads
 * can scan one index; its size is the importer's business, up to the 4 GiB of 32-bit addresses.
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

/** What is compiled with these options besides: in the source, ASC_FEATURE_RELAXED_SIMD is then true. */
const RELAXED_OPTIONS = ['--enable', 'relaxed-simd'];

/** Writes the generated module unless it was made from the same source with the same compiler and options. */
export async function generate() {
  const files = (await fs.readdir(assembly)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(files.map((name) => fs.readFile(path.join(assembly, name), 'utf8')));
  const compiler = JSON.parse(
    await fs.readFile(new URL('../../node_modules/assemblyscript/package.json', import.meta.url), 'utf8'),
  ).version;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([files, texts, compiler, COMPILER_OPTIONS, RELAXED_OPTIONS]))
    .digest('hex');
  const present = await fs.readFile(target, 'utf8').catch(() => '');
  if (present.includes(fingerprint)) {
    return;
  }
  const source = path.join(assembly, 'kernel.ts');
  const [plain, relaxed] = [await compile(source), await compile(source, RELAXED_OPTIONS)];
  await fs.mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  await fs.writeFile(
    temporary,
    [
      `// Made by scripts/generate/kernel.mjs from assembly/*.ts; fingerprint ${fingerprint}.`,
      `/** The kernel with plain SIMD as WebAssembly binary, ${plain.length} bytes in base64. */`,
      `export const SIMD_KERNEL_BASE64 =\n  '${Buffer.from(plain).toString('base64')}';`,
      `/** The same with relaxed SIMD, ${relaxed.length} bytes. */`,
      `export const RELAXED_SIMD_KERNEL_BASE64 =\n  '${Buffer.from(relaxed).toString('base64')}';`,
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
 * @param {readonly string[]} options Of the compiler, besides the usual ones.
 * @returns {Promise<Uint8Array>} The WebAssembly binary.
 */
export async function compile(file, options = []) {
  // Loaded late: the compiler takes a second that an up-to-date build does not need.
  const asc = await import('assemblyscript/asc');
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      path.basename(file),
      '--baseDir',
      path.dirname(file),
      '--outFile',
      'kernel.wasm',
      ...COMPILER_OPTIONS,
      ...options,
    ],
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
