/** Tables in the little HTML that VS Code allows in Markdown. Cells are markup: what is not ours is escaped before. */

export const table = (rows: readonly string[]): string => `<table>${rows.join('')}</table>`;

export const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}&nbsp;&nbsp;</td>`).join('')}</tr>`;
