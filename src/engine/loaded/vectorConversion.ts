// Entry of a bundle of its own: the conversion of files of other vectors, loaded with the first file that may be one.
export { ROWS_TENSOR } from '../../model/vectorFiles/convertedFile';
export { convertVectors } from '../../model/vectorFiles/convertVectors';
