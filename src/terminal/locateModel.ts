import path from 'node:path';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import { requireSearchable } from '../engine/loaded/requireSearchable';
import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import { parseModelLocation } from '../model/parseModelLocation';
import { loadTokenizer } from '../model/tokenizers/loadTokenizer';
import { tokenizerForModel, vocabularyWarning } from '../model/tokenizers/tokenizerForModel';
import { ROWS_TENSOR } from '../model/vectorFiles/convertedFile';
import { convertVectors, type ConvertedVectors } from '../model/vectorFiles/convertVectors';
import { readVectorLabels } from '../model/vectorFiles/vectorLabels';
import { noteTenths } from './noteTenths';
import { untilInterrupted } from './untilInterrupted';
import { UsageError } from './usageError';

/** Where files of vectors are kept as safetensors files, from the folder in which the program is started. */
export const VECTORS_FOLDER = path.join('.cache', 'vectors');

/** A model as it was given in the command line. */
export interface LocatedModel {
  readonly location: ModelLocation;
  /** Of the tensor to open; undefined for the search. */
  readonly tensorName: string | undefined;
  /** Of a file of vectors, which was converted for it. */
  readonly vectors?: ConvertedVectors;
}

export interface LocateOptions {
  readonly tensorName: string | undefined;
  readonly labelFile: string | undefined;
  /** Where converted files are kept. */
  readonly folder: string;
  /** Whether it is to be searched: then what does not fit into memory is refused before it is converted. */
  readonly isSearched: boolean;
}

/**
 * Understands a model's path, and converts a file of vectors unless that was done before.
 *
 * @throws {CheckpointError} for what cannot be used.
 * @throws {InterruptedError} when Ctrl+C ends the conversion.
 */
export async function locateModel(
  text: string,
  { tensorName, labelFile, folder, isSearched }: LocateOptions,
): Promise<LocatedModel> {
  const location = await parseModelLocation(text);
  const vectors =
    location.kind === 'file'
      ? await untilInterrupted((signal) =>
          convertVectors(location.path, {
            folder: path.resolve(folder),
            labelFile: labelFile === undefined ? undefined : path.resolve(labelFile),
            tensorName,
            requireUsable: isSearched ? requireSearchable : undefined,
            signal,
            onProgress: noteTenths('conversion'),
          }),
        )
      : undefined;
  if (vectors !== undefined) {
    return { location: { kind: 'file', path: vectors.path }, tensorName: ROWS_TENSOR, vectors };
  }
  if (labelFile !== undefined) {
    throw new UsageError('--labels takes labels for a file of vectors, and this is none.');
  }
  return { location, tensorName };
}

/** Of a file of vectors its own name and path, not those of what it was converted to. */
export function ownIdentity(model: ModelIdentity, { vectors }: LocatedModel): ModelIdentity {
  if (vectors === undefined) {
    return model;
  }
  const { path: file } = vectors.origin.file;
  return { ...model, path: file, name: path.parse(file).name };
}

/**
 * The tokenizer of a model, or the labels of vectors in its place.
 *
 * @param model As {@link ownIdentity} gives it.
 * @throws {CheckpointError} for a tokenizer that cannot be used.
 */
export async function tokenizerOf(
  model: ModelIdentity,
  { vectors }: LocatedModel,
): Promise<{ readonly tokenizer: Tokenizer; readonly warning: string | undefined }> {
  if (vectors !== undefined) {
    return readVectorLabels(vectors, model.name);
  }
  const tokenizer = await tokenizerForModel(model, loadTokenizer);
  return { tokenizer, warning: vocabularyWarning(tokenizer, model) };
}
