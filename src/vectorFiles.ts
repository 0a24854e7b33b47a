// Entry of a bundle of its own: what the extension host itself needs of files of vectors, loaded with the first of them.
export { readVectorLabels } from './model/vectorFiles/vectorLabels';
