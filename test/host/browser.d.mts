import type { Browser } from 'playwright-core';

export function browserPath(): Promise<string>;
export function launchBrowser(): Promise<Browser>;
