import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const FOLDER = '.github/ISSUE_TEMPLATE';

interface FormElement {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly validations?: { readonly required?: boolean };
}

interface IssueForm {
  readonly name: string;
  readonly description: string;
  readonly labels?: readonly string[];
  readonly body: readonly FormElement[];
}

/** What GitHub takes for each type; a form that breaks a rule is not offered, and nobody is told. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value'],
  input: ['label', 'description', 'placeholder', 'value'],
  textarea: ['label', 'description', 'placeholder', 'value', 'render'],
  dropdown: ['label', 'description', 'multiple', 'options', 'default'],
};

const forms = readdirSync(FOLDER).filter((name) => name !== 'config.yml');

function readForm(name: string): IssueForm {
  return parse(readFileSync(path.join(FOLDER, name), 'utf8')) as IssueForm;
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';

const unique = (values: readonly unknown[]) => new Set(values).size === values.length;

describe('issue forms', () => {
  it('have names of their own', () => {
    assert.ok(forms.length > 0);
    assert.ok(unique(forms.map((file) => readForm(file).name)));
  });

  for (const file of forms) {
    it(`keep the rules of GitHub: ${file}`, () => {
      const form = readForm(file);
      assert.deepEqual(
        Object.keys(form).filter((key) => !['name', 'description', 'labels', 'body'].includes(key)),
        [],
      );
      assert.ok(isText(form.name) && isText(form.description));
      assert.ok(
        form.body.some(({ type }) => type !== 'markdown'),
        'asks for something',
      );
      const questions = form.body.filter(({ type }) => type !== 'markdown');
      assert.ok(
        unique(questions.map(({ id }) => id)) && unique(questions.map(({ attributes }) => attributes.label)),
      );
      for (const { type, id, attributes, validations } of form.body) {
        const known = ATTRIBUTES[type] ?? assert.fail(`${type} is no type`);
        const where = id ?? type;
        assert.deepEqual(
          Object.keys(attributes).filter((key) => !known.includes(key)),
          [],
          where,
        );
        if (type === 'markdown') {
          assert.ok(isText(attributes.value), where);
          continue;
        }
        assert.match(id ?? '', /^[A-Za-z0-9_-]+$/);
        assert.ok(isText(attributes.label), where);
        assert.ok(['boolean', 'undefined'].includes(typeof validations?.required), where);
        if (type === 'dropdown') {
          const options = attributes.options as unknown[];
          // GitHub adds "None" itself, and refuses a form that has it.
          assert.ok(
            options.length > 0 && options.every((option) => isText(option) && option !== 'None'),
            where,
          );
          assert.ok(unique(options), where);
        }
      }
    });
  }

  it('ask of a fault for what it takes to see it again', () => {
    const required = readForm('fault.yml')
      .body.filter(({ validations }) => validations?.required)
      .map(({ id }) => id);
    for (const id of ['happened', 'text', 'model', 'tokenscope', 'vscode', 'place', 'system', 'log']) {
      assert.ok(required.includes(id), id);
    }
  });

  it('are the only way to a new issue', () => {
    const configuration = parse(readFileSync(path.join(FOLDER, 'config.yml'), 'utf8')) as unknown;
    assert.deepEqual(configuration, { blank_issues_enabled: false });
    assert.ok(existsSync('.github/PULL_REQUEST_TEMPLATE.md'));
  });
});
