export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the running Node. */
  readonly execPath: string;
}

export function npmCommand(
  parameters: readonly string[],
  machine?: Partial<Machine>,
): [program: string, parameters: string[]];
