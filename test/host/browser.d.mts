import type { Browser } from 'playwright-core';

/** Starts the browser. Close it when done; it also ends with this process. */
export function launchBrowser(): Promise<Browser>;
