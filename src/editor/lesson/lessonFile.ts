import * as vscode from 'vscode';

const SCHEME = 'tokenscope-lesson';

/** The only document of its scheme. Nothing on disk has it: a file that calls itself lesson.md is not this one. */
export const LESSON_URI = vscode.Uri.from({ scheme: SCHEME, path: '/lesson.md' });

export const LESSON_SELECTOR: vscode.DocumentSelector = { scheme: SCHEME, pattern: LESSON_URI.path };

/**
 * The lesson as a file that can only be read. A file system, and no provider of contents: only for the former does VS Code wake an
 * extension when a window that is opened again shows one of its documents.
 */
export class LessonFile implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  private readonly registration = vscode.workspace.registerFileSystemProvider(SCHEME, this, {
    isCaseSensitive: true,
    isReadonly: new vscode.MarkdownString('The lesson of Tokenscope can be read only.'),
  });
  private version = 1;

  /** @param read Gives the text as it is now. */
  constructor(private readonly read: () => Promise<string>) {}

  /** Has VS Code read the text again. */
  touch(): void {
    this.version++;
    this.changes.fire([{ type: vscode.FileChangeType.Changed, uri: LESSON_URI }]);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: this.version, size: byteLength };
  }

  /** @throws {vscode.FileSystemError} for any other file. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    if (uri.toString() !== LESSON_URI.toString()) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return new TextEncoder().encode(await this.read());
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
  }
}
