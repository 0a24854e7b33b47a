import { recognizeVectors } from '../../../src/core/vectorFiles/recognizeVectors';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { memoryReader, SOURCE } from './readVectors';

/** First bytes as the programs write them, in hexadecimal. */
const FILES = {
  // pickle.dumps({}, protocol) of Python, and a tensor of PyTorch before version 1.6
  'a pickle of protocol 2': ['80027d71002e', /a pickle, which could run code/],
  'a pickle of protocol 4': ['80047d942e', /a pickle/],
  'a pickle of protocol 5': ['80057d942e', /a pickle/],
  'an old checkpoint of PyTorch': ['80028a0a6cfc9c46f920', /a pickle/],
  // gzip, bzip2 -9, xz, zstd
  'a gzip archive': ['1f8b0800000000000003', /gzip/],
  'a bzip2 archive': ['425a683931415926', /bzip2/],
  'an xz archive': ['fd377a585a000004', /\(xz\)/],
  'a Zstandard archive': ['28b52ffd04000100', /Zstandard/],
  // FASTTEXT_FILEFORMAT_MAGIC_INT32 = 793712314 in fastText's fasttext.cc, then version 12
  'a model of fastText': ['ba164f2f0c000000', /a fastText model/],
  'a file of llama.cpp before GGUF': ['67676d6c', /before GGUF/],
} as const;

describe('Files that hold vectors in a way that is not read', () => {
  for (const [what, [hex, message]] of Object.entries(FILES)) {
    it(`are told with what to do: ${what}`, async () => {
      const bytes = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)]);
      await rejectsCheckpoint(recognizeVectors(memoryReader(bytes)), {
        reason: 'unsupported',
        source: SOURCE,
        message,
      });
    });
  }
});
