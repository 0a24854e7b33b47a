/**
 * Names that are taken. The file system says so of each: whether `Vectors.tsv` takes the name `vectors.tsv`, it alone knows.
 *
 * @param stat Rejects for a name under which nothing is found.
 */
export async function existingFiles(
  names: readonly string[],
  stat: (name: string) => PromiseLike<unknown>,
): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        await stat(name);
        return [name];
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
}
