import assert from 'node:assert/strict';
import type { TensorInfo } from '../../src/core/safetensors/safetensorsHeader';
import { findEmbeddingTensor } from '../../src/model/embeddingTensor';
import { parseModelConfig } from '../../src/model/modelConfig';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** The tensor that is found among some of given shapes. @param config Text of a config.json. */
async function find(shapes: Shapes, config?: string): Promise<string> {
  const tensor = await findEmbeddingTensor({
    source: 'm',
    names: Object.keys(shapes),
    describe: (name): TensorInfo => ({
      name,
      dtype: 'F16',
      shape: shapes[name] ?? [],
      byteOffset: 0,
      byteLength: 0,
    }),
    vocabularySizes: () => Promise.resolve(parseModelConfig(Buffer.from(config ?? '')).vocabularySizes),
  });
  return tensor.name;
}

const MATRIX = [300, 8];

/** Tensors that published checkpoints hold beside the embedding, and that are none of tokens. */
const OTHERS: Shapes = {
  'lm_head.weight': MATRIX,
  'model.layers.0.self_attn.q_proj.weight': [8, 8],
  'bert.embeddings.position_embeddings.weight': [512, 8],
  'bert.embeddings.token_type_embeddings.weight': [2, 8],
  'transformer.wpe.weight': [1024, 8],
  'vision_model.embeddings.position_embedding.weight': [50, 8],
  'vision_model.embeddings.patch_embedding.weight': [8, 3, 4, 4],
  'visual.patch_embed.proj.weight': [8, 3, 2, 4, 4],
  'backbone.norm_f.weight': [8],
  'model.layers.0.wte_norm.weight': [8],
};

describe('The embedding tensor of a checkpoint', () => {
  // Names as published models have them.
  for (const name of [
    'wte.weight',
    'transformer.wte.weight',
    'layers.0.wte.weight',
    'model.transformer.wte.embedding',
    'embed_tokens.weight',
    'model.embed_tokens.weight',
    'model.decoder.embed_tokens.weight',
    'language_model.model.embed_tokens.weight',
    'model.language_model.embed_tokens.weight',
    'base_model.model.model.embed_tokens.weight',
    'gpt_neox.embed_in.weight',
    'word_embeddings.weight',
    'transformer.word_embeddings.weight',
    'bert.embeddings.word_embeddings.weight',
    'transformer.embedding.word_embeddings.weight',
    'tok_embeddings.weight',
    'model.tok_embeddings.weight',
    'text_model.embeddings.token_embedding.weight',
    'tokens_embed.weight',
    'backbone.embeddings.weight',
    'rwkv.embeddings.weight',
    'backbone.embedding.weight',
    'emb.weight',
    'shared.weight',
    'tok_emb.weight',
    'module.token_emb.weight',
    'token_embedding_table.weight',
    'transformer.in_out_embed.weight',
    'model.embed_tokens.embedding',
    'embedder.input_embedding',
    'input_embeddings.weight',
    'model.embed_tokens',
    'transformer.wte',
  ]) {
    it(`is ${name} among tensors of other names`, async () => {
      assert.equal(await find({ ...OTHERS, [name]: MATRIX }), name);
      assert.equal(await find({ [name]: MATRIX, ...OTHERS }), name);
    });
  }

  it('is the one of two axes', async () => {
    assert.equal(
      await find({ 'a.wte.weight': [8], 'b.wte.weight': MATRIX, 'c.wte.weight': [2, 3, 4] }),
      'b.wte.weight',
    );
  });

  it("is the language model's, where pictures and speech have one too", async () => {
    for (const [language, other] of [
      ['language_model.model.embed_tokens.weight', 'vision_tower.model.embed_tokens.weight'],
      ['model.embed_tokens.weight', 'visual.embed_tokens.weight'],
      ['model.language_model.embed_tokens.weight', 'model.embed_vision.embedding.weight'],
      ['thinker.model.embed_tokens.weight', 'talker.model.embed_tokens.weight'],
      ['backbone.embeddings.weight', 'vision_model.wte.weight'],
      ['text_model.embeddings.token_embedding.weight', 'audio_model.token_embedding.weight'],
    ] as const) {
      assert.equal(await find({ [other]: [400, 8], [language]: MATRIX }), language);
    }
  });

  it('is not that of a later layer, which repeats it', async () => {
    const shapes = { 'model.layers.61.embed_tokens.weight': MATRIX, 'model.embed_tokens.weight': MATRIX };
    assert.equal(await find(shapes), 'model.embed_tokens.weight');
  });

  it('is not that of a part that predicts further tokens', async () => {
    for (const part of ['mtp', 'draft_model', 'model.nextn']) {
      const repeated = { [`${part}.embed_tokens.weight`]: MATRIX };
      assert.equal(
        await find({ ...repeated, 'model.embed_tokens.weight': MATRIX }),
        'model.embed_tokens.weight',
      );
    }
  });

  it('has as many rows as the config says tokens, or some for padding', async () => {
    const shapes = { 'encoder.embed_tokens.weight': [320, 8], 'decoder.embed_tokens.weight': [300, 8] };
    for (const [config, name] of [
      ['{"vocab_size":300}', 'decoder.embed_tokens.weight'],
      ['{"vocab_size":320}', 'encoder.embed_tokens.weight'],
      ['{"vocab_size":310}', 'encoder.embed_tokens.weight'],
      [
        '{"text_config":{"vocab_size":300},"vision_config":{"vocab_size":320}}',
        'decoder.embed_tokens.weight',
      ],
      ['{"thinker_config":{"text_config":{"vocab_size":320}}}', 'encoder.embed_tokens.weight'],
    ] as const) {
      assert.equal(await find(shapes, config), name, config);
    }
    const usual = { 'a.wte.weight': [10, 8], 'b.embeddings.weight': [300, 8] };
    assert.equal(await find(usual, '{"vocab_size":300}'), 'b.embeddings.weight');
    assert.equal(await find(usual), 'a.wte.weight');
  });

  it('is the one that both sides of a model share', async () => {
    const sides = { 'encoder.embed_tokens.weight': MATRIX, 'decoder.embed_tokens.weight': MATRIX };
    assert.equal(await find({ ...sides, 'shared.weight': MATRIX }), 'shared.weight');
    assert.equal(
      await find({ ...sides, 'model.shared.weight': MATRIX }, '{"vocab_size":290}'),
      'model.shared.weight',
    );
  });

  it('is asked for by its name, where several may be it and nothing tells them apart', async () => {
    const shapes = { 'encoder.embed_tokens.weight': MATRIX, 'decoder.embed_tokens.weight': [301, 8] };
    for (const config of [
      undefined,
      'no JSON',
      '[]',
      '{"vocab_size":"300"}',
      '{"vocab_size":-1}',
      '{"vocab_size":9}',
    ]) {
      await rejectsCheckpoint(find(shapes, config), {
        reason: 'unsupported',
        source: 'm',
        message:
          /2 tensors.*"encoder\.embed_tokens\.weight" F16 \[300, 8\], "decoder.*Choose one by its name/,
      });
    }
  });

  it('is none of those whose names only hold such a name', async () => {
    await rejectsCheckpoint(find({ ...OTHERS, 'model.new_wte.weight': MATRIX, 'wte.weight.scale': MATRIX }), {
      reason: 'unsupported',
      source: 'm',
      message: /no token embedding by any usual name.*"model\.new_wte\.weight"/,
    });
  });
});
