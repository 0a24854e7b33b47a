/** Controls, format and bidirectional controls, separators, private use, unassigned characters, and what is not drawn by default. */
const UNSEEN = /^[\p{Cc}\p{Cf}\p{Z}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]$/u;

/** Whether a character cannot be seen where it stands in a literal, or changes how the rest is drawn; a plain space can. */
export function isUnseen(character: string): boolean {
  return character !== ' ' && UNSEEN.test(character);
}
