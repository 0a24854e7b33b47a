import os from 'node:os';
import process from 'node:process';
import { findInHuggingFaceCache, GPT2_REPOSITORIES } from './huggingFaceCache';
import type { ModelLocation } from './modelLocation';

/** GPT-2 small in this user's Hugging Face cache, if it is there. */
export function findCachedGpt2(): Promise<ModelLocation | undefined> {
  return findInHuggingFaceCache(GPT2_REPOSITORIES, { env: process.env, home: os.homedir() });
}
