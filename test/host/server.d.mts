export interface ServerOptions {
  /** User settings beside the quiet base settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packaged extension to install, as a user would. */
  readonly vsix?: string;
  /** Environment variables for the server and its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps user data, extensions and logs here; by default a temporary folder that is removed at the end. */
  readonly dataFolder?: string;
  /** Whether a folder has to be trusted first, as on a user's machine; tests trust theirs. */
  readonly asksForTrust?: boolean;
  /**
   * Whether the window is a test's: then an extension can run from its source folder, and notifications wait until they are listed. Else it is
   * as on a desktop. The default is true.
   */
  readonly isDriven?: boolean;
  /** What the server prints; by default in the temporary folder. */
  readonly logFile?: string;
}

export interface Server {
  readonly origin: string;
  readonly port: number;
  /** Secret that a browser must show once. */
  readonly token: string;
  readonly dataFolder: string;
  /** Changes user settings while the server runs; open windows follow. */
  updateSettings(changes: Readonly<Record<string, unknown>>): void;
  /** Takes back all changes of user settings, and makes these beside the base settings. */
  replaceSettings(settings: Readonly<Record<string, unknown>>): void;
  /** Ends the server with everything that it started. */
  stop(): Promise<void>;
}

export interface WindowOptions {
  readonly folder: string;
  /** A file to open at first. */
  readonly file?: string | undefined;
  /** In its place the address of a document that an extension provides. */
  readonly address?: string | undefined;
  /** An extension to run from its source folder. */
  readonly extensionFolder?: string | undefined;
  /** A module whose `run()` is called in the extension host; the window ends with its result. */
  readonly testsEntry?: string | undefined;
}

export function startServer(options?: ServerOptions): Promise<Server>;
export function workbenchUrl(
  server: Pick<Server, 'origin' | 'port' | 'token'>,
  options: WindowOptions,
): string;
