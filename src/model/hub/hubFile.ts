import type { HubModel } from './hubModel';

/** A file of a repository. */
export interface HubFile extends HubModel {
  /** A plain name, such as `model.safetensors`. */
  readonly file: string;
}
