/** Tells the lines of the test report from everything else that a window prints; see runInHost.mjs. */
export const REPORT_MARK = '[test] ';
