/** A memento in memory that keeps JSON, as VS Code's does. */
export class MemoryState {
  private values: Record<string, string> = {};

  keys(): string[] {
    return Object.keys(this.values);
  }

  get(key: string): unknown {
    const text = this.values[key];
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values[key] = JSON.stringify(value);
    return Promise.resolve();
  }
}
