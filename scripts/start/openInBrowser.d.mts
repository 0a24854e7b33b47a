export function openInBrowser(page: string): void;
export function browserCommand(
  page: string,
  platform?: NodeJS.Platform,
): [program: string, parameters: string[]];
