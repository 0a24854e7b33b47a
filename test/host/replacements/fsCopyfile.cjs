// Stands in for @vscode/fs-copyfile, which only the built-in Git extension asks for; Git is off in this host.
'use strict';
module.exports = {};
