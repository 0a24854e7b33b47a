/** Words of the drawings that not everybody knows. */
export type TermName = 'average' | 'typical' | 'spread' | 'misplaced' | 'beyond';
