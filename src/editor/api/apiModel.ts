import type { ModelIdentity } from '../../model/modelLocation';
import { modelIdentity } from '../session/modelIdentity';
import { frozen } from './frozen';
import type { TokenscopeModel } from './tokenscopeApi';

/** A model as other extensions see it: without the folders of this machine. */
export function apiModel(model: ModelIdentity): TokenscopeModel {
  const { name, isSample, isVerified, file, tensor } = modelIdentity(model);
  const { dtype, rowCount, dimension } = model;
  return frozen({ name, isSample, isVerified, file, tensor, dtype, vocabularySize: rowCount, dimension });
}
