import type { DownloadOfferView, DownloadView, ModelView } from '../../src/protocol/embeddingsView';

/** Models and downloads as a host tells about them. */

export const gpt2: ModelView = {
  name: 'gpt2 124M',
  isSample: false,
  isVerified: true,
  path: '/home/ada/.cache/huggingface/hub/models--openai-community--gpt2/snapshots/607a30d/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 50_257,
  dimension: 768,
  warnings: [],
};

export const sampleModel: ModelView = {
  ...gpt2,
  name: 'sample vectors',
  isSample: true,
  isVerified: false,
  path: '/home/ada/.config/Code/User/globalStorage/tokenscope/sample.safetensors',
  dimension: 64,
};

/** A checkpoint that nobody has published the values of. */
export const unverifiedModel: ModelView = { ...gpt2, name: 'pythia-70m', isVerified: false };

/** Word vectors, which are no checkpoint. */
export const words: ModelView = {
  ...unverifiedModel,
  name: 'glove.6B.100d',
  path: '/home/ada/vectors/glove.6B.100d.txt',
  tensorName: 'embedding.weight',
  rowCount: 341_479,
  dimension: 100,
  vectors: { format: 'GloVe text', labelKind: 'words' },
};

/** A model of the hub's name that another server has sent. */
export const mirroredModel: ModelView = { ...unverifiedModel, server: 'mirror.example:8443/hf' };

/** The published file: its size, and that of its embedding tensor. */
export const gpt2Offer: DownloadOfferView = {
  name: 'GPT-2 (124M)',
  repository: 'openai-community/gpt2',
  host: 'huggingface.co',
  tensorBytes: 154_389_504,
  fileBytes: 548_105_171,
};

export function download(changes: Partial<DownloadView> = {}): DownloadView {
  return {
    ...gpt2Offer,
    revision: '607a30d',
    tensorName: 'wte.weight',
    bytesDone: 64_843_592,
    bytesTotal: 154_389_504,
    bytesPerSecond: 8_190_000,
    secondsLeft: 10.93,
    ...changes,
  };
}

/** Before the first answer of the server. */
export function askingDownload(): DownloadView {
  const { name, repository, host } = gpt2Offer;
  return { name, repository, host, revision: 'main', bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0 };
}
