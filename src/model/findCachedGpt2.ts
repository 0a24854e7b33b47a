import { findInHuggingFaceCache, GPT2_REPOSITORIES } from './huggingFaceCache';
import type { ModelLocation } from './modelLocation';
import { thisMachine } from './thisMachine';

/** GPT-2 small in this user's Hugging Face cache, if it is there. */
export function findCachedGpt2(): Promise<ModelLocation | undefined> {
  return findInHuggingFaceCache(GPT2_REPOSITORIES, thisMachine());
}
