/**
 * How the names of token embeddings end, in checkpoints as they are published; what stands before them is the program's that saved the
 * model. Those of one group count alike, and more than those of the next.
 */
const ENDINGS: readonly (readonly string[])[] = [
  // Each of these is said of token embeddings only.
  [
    'wte.weight', // GPT-2, MPT, Phi
    'wte.embedding', // Molmo
    'embed_tokens.weight', // Llama and most later models
    'embed_in.weight', // GPT-NeoX, Pythia
    'word_embeddings.weight', // BLOOM, Falcon, BERT
    'word_embedding.weight', // XLNet
    'tok_embeddings.weight', // Llama as first published, InternLM, ModernBERT
    'token_embedding.weight', // CLIP, Whisper as first published
    'token_embeddings.weight',
    'tokens_embed.weight', // the first GPT
    'token_embd.weight', // converted from GGUF
    'embed_token.weight',
    'token_embed.weight',
    'tok_embed.weight',
    'token_emb.weight', // of those that follow minGPT
    'tok_emb.weight',
    'tok_embedding.weight',
    'token_embedding_table.weight', // nanoGPT's lecture
    'in_out_embed.weight', // Grok
    'embed_tokens.embedding', // saved from Flax
    'word_embeddings.embedding',
    'token_embedder.embedding', // T5X
    'embedder.input_embedding', // Gemma in Flax
  ],
  // Of these other embeddings have some, too.
  [
    'embeddings.weight', // Mamba, RWKV
    'embedding.weight',
    'emb.weight',
    'embed.weight',
    'input_embeddings.weight',
    'word_embed.weight',
    'shared.weight', // T5, BART
  ],
  // Programs that save arrays instead of layers leave the last part out.
  [
    'wte',
    'embed_tokens',
    'embed_in',
    'word_embeddings',
    'tok_embeddings',
    'token_embedding',
    'token_embeddings',
  ],
];

/** Parts of a model, as a name's components call them, whose tokens are not those of texts. */
const OTHER_PART =
  /^(?:vision|visual|vit|image|img|pixel|audio|speech|acoustic|codec|talker|video)(?:_|$)|_(?:vision|visual|image|audio|speech)(?:_|$)/i;

/** Parts of a model that are its language model. */
const LANGUAGE_PART = /^(?:language|text|llm|lm|thinker)(?:_model|_decoder|_backbone)?$/i;

/** A layer by its number, such as `layers.61`: those that predict several tokens at once repeat the embedding. */
const NUMBERED = /(?:^|\.)(?:layers|blocks|h|mtp)\.\d+\./;

/** Parts that predict further tokens, and repeat the embedding for it. */
const FURTHER_PART = /(?:^|\.)(?:mtp|nextn|draft|draft_model|eagle|medusa)\./;

/** Numbered layers that hold a model's start: `layers.0.wte.weight` of the first Phi. */
const FIRST_LAYER = /(?:^|\.)(?:layers|blocks|h)\.0\./;

/**
 * The tensors that are a checkpoint's token embedding by their names.
 *
 * @param names Of all its tensors.
 * @returns Groups, the likeliest first: of each it is one, if its shape is that of an embedding. Nearly always there is one name in one group.
 */
export function embeddingCandidates(names: Iterable<string>): readonly (readonly string[])[] {
  const candidates = likeliest([...names].filter((name) => endsAs(name, ENDINGS.flat())));
  return ENDINGS.map((endings) => candidates.filter((name) => endsAs(name, endings))).filter(
    (group) => group.length > 0,
  );
}

function endsAs(name: string, endings: readonly string[]): boolean {
  return endings.some((ending) => name === ending || name.endsWith(`.${ending}`));
}

/** Of several names those that no other is likelier than. */
function likeliest(names: readonly string[]): readonly string[] {
  let left = names;
  for (const isLikely of [isOfLanguageModel, isOfTexts, isNoLaterLayer]) {
    const likely = left.filter(isLikely);
    left = likely.length > 0 ? likely : left;
  }
  return left;
}

const isOfLanguageModel = (name: string): boolean =>
  name.split('.').some((part) => LANGUAGE_PART.test(part)) && isOfTexts(name);

const isOfTexts = (name: string): boolean => !name.split('.').some((part) => OTHER_PART.test(part));

const isNoLaterLayer = (name: string): boolean =>
  !FURTHER_PART.test(name) && (!NUMBERED.test(name) || FIRST_LAYER.test(name));
