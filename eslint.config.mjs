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
    message: `${who} stands below these folders: extension → editor → database → engine → model → core, and editor → protocol ← webview-ui.`,
  }),
};

/**
 * The rooms of a folder, from the ground up. A room may use those on the floors below its own, and none beside itself.
 *
 * @param {string} parent @param {string[][]} floors
 * @returns {{folder: string, patterns: {regex: string, message: string}[]}[]} what each room may not import
 */
const roomsOf = (parent, floors) =>
  floors.flatMap((floor, level) =>
    floor.map((room) => {
      const others = [...floor.filter((beside) => beside !== room), ...floors.slice(level + 1).flat()];
      const message =
        `${parent}/${room} stands below or beside these folders. What both need goes to a floor below; ` +
        `or ${room} declares an interface of what it asks for, and who puts the parts together fills it. ` +
        'See "The house" in docs/architecture.md.';
      return {
        folder: `${parent}/${room}`,
        patterns: others.length === 0 ? [] : [{ regex: `^(\\.\\./)+(${others.join('|')})/`, message }],
      };
    }),
  );

const editorFloors = [
  ['markdown', 'tokens', 'work'],
  ['workbench'],
  ['session'],
  ['documents', 'query', 'vocabulary'],
  ['answers'],
  ['bands', 'panel', 'sections', 'surprises'],
  ['hover', 'splitView', 'statusBar'],
  ['api', 'commands', 'languageModelTools', 'lesson'],
];

/** What can be asked; above it the threads of the engine, each of which knows that, and none the other. */
const engineFloors = [['questions'], ['loaded', 'session', 'thread']];

/** What stands beside the rooms is for all of them, and knows none. @param {string} parent @param {string[][]} floors */
const belowTheRooms = (parent, floors) => ({
  regex: `^\\./(${floors.flat().join('|')})/`,
  message: `The files of ${parent} itself stand below its folders, which all use them.`,
});

const byTheWorkbench = (/** @type {string} */ instead) =>
  'VS Code makes links of "[x](command:…)" and icons of "$(x)" in what it draws itself, and foreign names get there. ' +
  `${instead} in src/editor/workbench lets neither through.`;

/**
 * Calls of VS Code's API that show texts, each with what to call in its place.
 *
 * @type {{property: string, message: string}[]}
 */
const textsThatAct = Object.entries({
  showNotice: ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'],
  withProgressNotice: ['withProgress'],
  tellInStatusBar: ['setStatusBarMessage'],
  StatusItem: ['createStatusBarItem'],
  'pickItem, pickItems': ['showQuickPick', 'createQuickPick'],
  askForText: ['showInputBox', 'createInputBox'],
  registerCommand: ['registerCommand', 'registerTextEditorCommand'],
}).flatMap(([instead, properties]) =>
  properties.map((property) => ({ property, message: byTheWorkbench(instead) })),
);

/** What Windows refuses while a virus scanner looks at a file. */
const hastyFiles = ['rename', 'rm', 'unlink'].map((property) => ({
  object: 'fs',
  property,
  message: 'Take renamePath, removeFile or removeTree: they wait for a file that is in use for a moment.',
}));

const trustOfMarkdown = {
  property: 'isTrusted',
  message:
    'Markdown is trusted with the commands that it links to and no others: see src/editor/markdown/trustedMarkdown.ts.',
};

const aboveEngine = families.above(['database', 'editor', 'terminal', 'protocol'], 'src/engine');
const clientLoadsLater = {
  regex: '/database/client/',
  message:
    'The client of a database comes in a bundle of its own, which is loaded when somebody connects. Import its types alone.',
  allowTypeImports: true,
};
const aboveEditor = families.above(['terminal', 'webview-ui'], 'src/editor');

/** @param {string} folder @param {{regex: string, message: string}[]} patterns */
const ban = (folder, ...patterns) => ({
  files: [`${folder}/**/*.ts`],
  ignores: ['**/assembly/**'],
  rules: { '@typescript-eslint/no-restricted-imports': /** @type {const} */ (['error', { patterns }]) },
});

const namedExports = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has one name everywhere.',
};

/** What makes a test fail, or mean nothing, on a machine that is slower or faster than the one it was written on. */
const waitsForTimes = [
  {
    selector: "CallExpression[callee.property.name='waitForTimeout']",
    message: 'Wait for what should come, not for a time: a busy machine takes longer.',
  },
  {
    selector: "CallExpression[callee.object.type='ThisExpression'][callee.property.name='timeout']",
    message:
      'The limit of every test is TEST_LIMIT_MS of test/limits.mjs, so that only what hangs reaches it.',
  },
  {
    selector: "Property[key.name='timeout'][value.type='Literal']",
    message: 'How long to wait at most is said in test/limits.mjs, so that only what hangs reaches it.',
  },
];

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    '**/out/',
    '**/generated/',
    '.cache/',
    '.vscode-test/',
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
      // `const { dropped, ...rest } = all` names what the rest is without.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Index loops over typed arrays read several arrays at one index.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `{ readonly type: 'x' }` unions read best as types; interfaces are for the rest.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-syntax': ['error', namedExports],
      curly: 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/assembly/**'],
    rules: { 'no-restricted-properties': ['error', ...textsThatAct, trustOfMarkdown, ...hastyFiles] },
  },
  {
    files: ['src/model/patientFiles.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/editor/workbench/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', trustOfMarkdown] },
  },
  {
    files: ['src/editor/markdown/trustedMarkdown.ts'],
    rules: { 'no-restricted-properties': ['error', ...textsThatAct] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // `assert` narrows by itself, and mocha's `this` needs functions.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-syntax': ['error', namedExports, ...waitsForTimes],
    },
  },
  ban(
    'src/core',
    families.vscode,
    families.node,
    families.above(
      ['model', 'engine', 'database', 'editor', 'terminal', 'protocol', 'webview-ui'],
      'src/core',
    ),
  ),
  ban(
    'src/protocol',
    families.vscode,
    families.node,
    families.above(
      ['core', 'model', 'engine', 'database', 'editor', 'terminal', 'webview-ui'],
      'src/protocol',
    ),
  ),
  ban(
    'src/model',
    families.vscode,
    families.above(['engine', 'database', 'editor', 'terminal', 'protocol'], 'src/model'),
  ),
  ban('src/engine', families.vscode, aboveEngine, belowTheRooms('src/engine', engineFloors)),
  ...roomsOf('src/engine', engineFloors).map(({ folder, patterns }) =>
    ban(folder, families.vscode, aboveEngine, ...patterns),
  ),
  {
    files: ['src/engine/loaded/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...hastyFiles,
        {
          object: 'AbortSignal',
          property: 'any',
          message:
            'In Node 20 the signal of a model would remember every question for as long as the model is loaded. Take withEitherSignal.',
        },
      ],
    },
  },
  {
    // The entries of the workers put the parts of their threads together, as src/extension.ts does for the extension host.
    files: ['src/engine/thread/{engine,tokenizer}Worker.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  ban(
    'src/database',
    families.vscode,
    families.above(['editor', 'terminal', 'protocol', 'webview-ui'], 'src/database'),
  ),
  ban('src/terminal', families.vscode, families.above(['editor', 'protocol'], 'src/terminal')),
  ban('src/editor', families.node, aboveEditor, clientLoadsLater, belowTheRooms('src/editor', editorFloors)),
  ...roomsOf('src/editor', editorFloors).map(({ folder, patterns }) =>
    ban(folder, families.node, aboveEditor, clientLoadsLater, ...patterns),
  ),
  ban('webview-ui', families.vscode, families.node, {
    regex: '^\\.{1,2}/(.*/)?src/(?!protocol/|core/query/mapLabels/)',
    message:
      'The webview knows the host only through src/protocol. Of the pure core it runs the names of the map, which are laid where the fonts are known.',
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
