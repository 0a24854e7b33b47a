type Settings = Readonly<Record<string, unknown>>;

export const QUIET_RESTRICTED_MODE: Settings;
export function firstSettings(projectFolder: string): Settings;
export function writeWorkspaceSettings(workspace: string, settings: Settings): void;
export function writeUserSettings(userData: string, settings: Settings): void;
