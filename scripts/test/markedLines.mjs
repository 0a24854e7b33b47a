// Output of programs that run beside each other.

/**
 * An output that writes whole lines, each behind the name of who wrote it.
 *
 * @param {string} name
 * @param {{write: (text: string) => unknown}} output
 * @returns {{write: (text: Uint8Array) => void, end: () => void}} `end` writes a last line that was not ended.
 */
export function markedLines(name, output) {
  const decoder = new TextDecoder();
  let begun = '';
  const writeLines = (text) => {
    const lines = (begun + text).split('\n');
    begun = lines.pop();
    for (const line of lines) {
      output.write(`${name} │ ${line}\n`);
    }
  };
  return {
    write: (bytes) => writeLines(decoder.decode(bytes, { stream: true })),
    end: () => writeLines(begun === '' ? '' : '\n'),
  };
}
