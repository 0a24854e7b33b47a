import type { ConversionProgress } from '../../model/vectorFiles/writeConverted';
import type { ModelIdentity } from '../../model/modelLocation';

/** Progress of a load. */
export interface LoadProgress {
  /** Rows read and normalised so far. */
  readonly rowsDone: number;
  readonly rowCount: number;
  /** What is being read, for the panel's sentence: file, tensor, dtype. */
  readonly model: ModelIdentity;
}

/** How a matrix is loaded. */
export interface LoadOptions {
  /** Name of the embedding tensor, where it is none of the usual ones. */
  readonly tensorName?: string | undefined;
  /** Folder in which the index and the neighbor graph are kept; nothing is kept where it is not given. */
  readonly cacheFolder?: string | undefined;
  /** Folder in which files of vectors are kept as safetensors files; only checkpoints can be loaded where it is not given. */
  readonly vectorsFolder?: string | undefined;
  /**
   * Only opens the model: the index is read or built when a question needs it. For one that was loaded before, whose
   * neighbor graph may answer all that is asked. A file of vectors is not converted then: it has to be there.
   */
  readonly indexLater?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Told of a file of vectors that is converted, before its index is built. */
  readonly onConversion?: ((progress: ConversionProgress) => void) | undefined;
}
