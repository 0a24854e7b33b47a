// Entry of a bundle of its own: what the extension host itself needs of files of vectors, loaded with the first of them.
export { findVectorFiles } from './model/vectorFiles/findVectorFiles';
export { keptConversions, removeConversion } from './model/vectorFiles/keptConversions';
export { presentVectors } from './model/vectorFiles/presentVectors';
export { vectorPlaces } from './model/vectorFiles/vectorPlaces';
export { readVectorLabels } from './model/vectorFiles/vectorLabels';
