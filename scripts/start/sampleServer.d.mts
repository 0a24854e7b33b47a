import type { Server } from '../../test/host/server.mjs';

export function startSampleServer(options: {
  readonly workspace: string;
  /** Of a first start. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the extension host. */
  readonly env: Readonly<Record<string, string>>;
  readonly vsix: string;
  readonly dataFolder: string;
}): Promise<{ readonly server: Server; readonly url: string }>;
