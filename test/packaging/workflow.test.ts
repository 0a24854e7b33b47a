import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const FOLDER = '.github/workflows';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const readWorkflow = (name: string) => parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Workflow;

const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  engines: { vscode: string; node: string };
};

/** What actionlint, which npm run lint asks, does not look at. */
describe('workflows', () => {
  for (const file of readdirSync(FOLDER)) {
    const { permissions, jobs } = readWorkflow(file);

    it(`may only read, and end by themselves: ${file}`, () => {
      assert.deepEqual(permissions, { contents: 'read' });
      for (const [name, job] of Object.entries(jobs)) {
        assert.equal(job.permissions, undefined, name);
        assert.ok((job['timeout-minutes'] ?? Infinity) <= 60, name);
      }
    });

    it(`take actions by their commit, and leave no token behind: ${file}`, () => {
      for (const { uses, with: parameters } of Object.values(jobs).flatMap((job) => job.steps)) {
        if (uses !== undefined) {
          assert.match(uses, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
        }
        if (uses?.startsWith('actions/checkout@')) {
          assert.equal(parameters?.['persist-credentials'], false);
        }
      }
    });
  }

  const { jobs } = readWorkflow('test.yml');

  it('run the tests with the lowest Node and in the lowest VS Code that package.json supports', () => {
    const runs = jobs.test!.strategy.matrix.include as { node: string; os: string }[];
    const lowestNode = engines.node.replace('>=', '');
    for (const system of ['ubuntu', 'windows', 'macos']) {
      assert.ok(
        runs.some(({ node, os }) => node === lowestNode && os.startsWith(system)),
        system,
      );
    }
    const { vscode } = jobs.desktop!.strategy.matrix;
    assert.deepEqual(vscode, [engines.vscode.replace('^', ''), 'stable']);
  });
});
