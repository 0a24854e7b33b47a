// @ts-check
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Module families that a folder may not import, each with the reason that the author of such an import gets to read. */
const families = {
  vscode: {
    regex: '^vscode$',
    message:
      'Only src/editor and src/extension.ts talk to VS Code. Take what you need as a parameter or an interface.',
  },
  node: {
    regex: '^node:',
    message:
      'Node is not there in a web extension host or a webview. Reading bytes and starting workers are seams in src/model and src/engine.',
  },
  above: (/** @type {string[]} */ folders, /** @type {string} */ who) => ({
    regex: `(^|/)(${folders.join('|')})(/|$)`,
    message: `${who} stands below these folders: extension → editor → engine → model → core, and editor → protocol ← webview-ui.`,
  }),
};

/** @param {string} folder @param {{regex: string, message: string}[]} patterns */
const ban = (folder, ...patterns) => ({
  files: [`${folder}/**/*.ts`],
  ignores: ['**/assembly/**'],
  rules: { '@typescript-eslint/no-restricted-imports': /** @type {const} */ (['error', { patterns }]) },
});

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    '**/out/',
    '**/generated/',
    '.cache/',
    '.vscode-test/',
    'scripts/noVscode.d.ts',
    'scripts/noVscode.d.ts',
    'test/fixtures/workspace/',
  ]),
  {
    files: ['**/*.ts'],
    // AssemblyScript looks like TypeScript but has types of its own; its compiler checks it.
    ignores: ['**/assembly/**'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Index loops over typed arrays read several arrays at one index.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `{ readonly type: 'x' }` unions read best as types; interfaces are for the rest.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a thing has one name everywhere.',
        },
      ],
      curly: 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // `assert` narrows by itself, and mocha's `this` needs functions.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  ban(
    'src/core',
    families.vscode,
    families.node,
    families.above(['model', 'engine', 'editor', 'terminal', 'protocol', 'webview-ui'], 'src/core'),
  ),
  ban(
    'src/protocol',
    families.vscode,
    families.node,
    families.above(['core', 'model', 'engine', 'editor', 'terminal', 'webview-ui'], 'src/protocol'),
  ),
  ban(
    'src/model',
    families.vscode,
    families.above(['engine', 'editor', 'terminal', 'protocol'], 'src/model'),
  ),
  ban('src/engine', families.vscode, families.above(['editor', 'terminal', 'protocol'], 'src/engine')),
  ban('src/terminal', families.vscode, families.above(['editor', 'protocol'], 'src/terminal')),
  ban('src/editor', families.node, families.above(['terminal', 'webview-ui'], 'src/editor')),
  ban('webview-ui', families.vscode, families.node, {
    regex: '^\\.{1,2}/(.*/)?src/(?!protocol/)',
    message: 'The webview knows the host only through src/protocol.',
  }),
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.recommended],
    // No compiler reads these. They may use what Node has.
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])),
    },
    rules: { 'no-undef': 'error' },
  },
);
