// Stands in for @vscode/native-watchdog: ends this process some seconds after its parent has died.
'use strict';
const CHECK_INTERVAL_MS = 3000;
const GRACE_MS = 6000;

exports.start = (parentId) => {
  setInterval(() => {
    try {
      process.kill(parentId, 0);
    } catch {
      setTimeout(() => process.exit(87), GRACE_MS);
    }
  }, CHECK_INTERVAL_MS).unref();
};
