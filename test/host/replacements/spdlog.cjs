// Stands in for @vscode/spdlog, a native log writer: the same interface, appending lines to the file.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const nothing = () => {};

exports.version = 0;
exports.setFlushOn = nothing;
exports.createAsyncRotatingLogger = async (_name, file) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let lowest = LEVELS.indexOf('info');
  const writer = (level) => (message) => {
    if (level < lowest) {
      return;
    }
    try {
      fs.appendFileSync(file, `${new Date().toISOString()} [${LEVELS[level]}] ${message}\n`);
    } catch {
      // The folder is gone when the server is being taken down; a lost line must not end it.
    }
  };
  const [trace, debug, info, warn, error, critical] = LEVELS.map((_, level) => writer(level));
  return {
    ...{ trace, debug, info, warn, error, critical },
    setLevel: (level) => (lowest = level),
    setPattern: nothing,
    clearFormatters: nothing,
    flush: nothing,
    drop: nothing,
  };
};
