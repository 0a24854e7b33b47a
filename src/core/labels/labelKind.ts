/** What labels are: words alone, or tokens, which texts are made of with the spaces before them. */
export type LabelKind = 'words' | 'tokens';
