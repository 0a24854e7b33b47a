import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  MAX_TOOL_COMPARED,
  MAX_TOOL_NEIGHBORS,
  MAX_TOOL_QUERY,
  MAX_TOOL_TEXT,
  parseAnalogyInput,
  parseCompareInput,
  parseNeighborsInput,
  parseTokenizeInput,
} from '../../../../src/editor/languageModelTools/toolInputs';

type Parser = (input: unknown) => unknown;

const NEIGHBORS_DEFAULTS = { form: 'bare', metric: 'cosine', k: 10, space: 'any', wordLike: false };

/** Everything that is no object of fields. */
const NO_OBJECTS = [undefined, null, 'Mike', 7, NaN, true, [], ['Mike'], () => undefined, Symbol('x')];

function refuses(parse: Parser, input: unknown, message: RegExp): void {
  assert.throws(
    () => parse(input),
    (error) => (error instanceof TypeError || error instanceof RangeError) && message.test(error.message),
    `not refused with ${String(message)}`,
  );
}

describe('inputs of the language-model tools', () => {
  it('are objects of known fields', () => {
    const parsers: [Parser, object][] = [
      [parseTokenizeInput, { text: 'a' }],
      [parseNeighborsInput, { query: 'a' }],
      [parseCompareInput, { a: 'a', b: 'b' }],
      [parseAnalogyInput, { a: 'a', b: 'b', c: 'c' }],
    ];
    for (const [parse, valid] of parsers) {
      parse(valid);
      NO_OBJECTS.forEach((input) => refuses(parse, input, /must be an object with the fields "/));
      refuses(parse, { ...valid, limit: 3 }, /has no field "limit"; the fields are/);
      refuses(parse, { ...valid, ['x'.repeat(5_000)]: 3 }, /^.{0,200}$/);
    }
  });

  it('hold a text to tokenize, which may be empty, of a limited length', () => {
    assert.deepEqual(parseTokenizeInput({ text: ' \n' }), { text: ' \n' });
    assert.deepEqual(parseTokenizeInput({ text: '' }), { text: '' });
    assert.equal(parseTokenizeInput({ text: 'a'.repeat(MAX_TOOL_TEXT) }).text.length, MAX_TOOL_TEXT);
    refuses(parseTokenizeInput, { text: 'a'.repeat(MAX_TOOL_TEXT + 1) }, /100001 characters; at most 100000/);
    refuses(parseTokenizeInput, {}, /"text" must be a string, not missing/);
    for (const text of [null, 7, ['a'], { length: 3 }]) {
      refuses(parseTokenizeInput, { text }, /"text" must be a string, not /);
    }
  });

  it('ask for neighbors with defaults for everything but the query', () => {
    assert.deepEqual(parseNeighborsInput({ query: 'Mike' }), { query: 'Mike', ...NEIGHBORS_DEFAULTS });
    const all = {
      query: '#7',
      form: 'leadingSpace',
      metric: 'dot',
      k: 100,
      space: 'without',
      wordLike: true,
    };
    assert.deepEqual(parseNeighborsInput(all), all);
    refuses(parseNeighborsInput, { query: '' }, /"query" must not be empty/);
    refuses(parseNeighborsInput, { query: 'a'.repeat(MAX_TOOL_QUERY + 1) }, /1001 characters; at most 1000/);
    refuses(
      parseNeighborsInput,
      { query: 'a', metric: 'manhattan' },
      /"cosine", .* or "euclidean", not "manh/,
    );
    refuses(parseNeighborsInput, { query: 'a', metric: null }, /"metric" must be .*, not null/);
    refuses(
      parseNeighborsInput,
      { query: 'a', form: 'inDocument' },
      /"bare" or "leadingSpace", not "inDocument"/,
    );
    refuses(parseNeighborsInput, { query: 'a', form: '__proto__' }, /"bare" or "leadingSpace"/);
    refuses(parseNeighborsInput, { query: 'a', wordLike: 'true' }, /"wordLike" must be true or false/);
    for (const k of [0, -1, 101, 1.5, NaN, Infinity, 1e300]) {
      refuses(parseNeighborsInput, { query: 'a', k }, /"k" must be an integer from 1 to 100/);
    }
    refuses(parseNeighborsInput, { query: 'a', k: '5' }, /"k" must be a number, not a value of type string/);
  });

  it('compare either two queries or a list of them', () => {
    const pair = { queries: ['ban', 'ana'], form: 'bare' };
    assert.deepEqual(parseCompareInput({ a: 'ban', b: 'ana' }), pair);
    assert.deepEqual(parseCompareInput({ tokens: ['ban', 'ana'] }), pair);
    refuses(parseCompareInput, { a: 'ban' }, /Give "a" and "b", or an array "tokens"/);
    refuses(parseCompareInput, { a: 'ban', b: 'ana', tokens: ['x', 'y'] }, /not both/);
    refuses(parseCompareInput, { tokens: 'ban' }, /"tokens" must be an array, not a value of type string/);
    refuses(parseCompareInput, { tokens: ['ban'] }, /2 to 10 entries; it has 1/);
    refuses(parseCompareInput, { tokens: Array(11).fill('a') }, /2 to 10 entries; it has 11/);
    refuses(parseCompareInput, { tokens: ['ban', 7] }, /"tokens"\[1\] must be a string/);
    refuses(
      parseCompareInput,
      { tokens: new Array<string>(3) },
      /"tokens"\[0\] must be a string, not missing/,
    );
  });

  it('name three words of an analogy', () => {
    const input = { a: 'man', b: 'king', c: 'woman' };
    assert.deepEqual(parseAnalogyInput(input), { ...input, form: 'bare', k: 10 });
    refuses(parseAnalogyInput, { a: 'man', b: 'king' }, /"c" must be a string, not missing/);
  });

  it('have the limits that the manifest tells, and names that VS Code takes', () => {
    interface Schema {
      readonly type: string;
      readonly properties: Record<string, Record<string, unknown>>;
      readonly required: readonly string[];
      readonly additionalProperties: unknown;
    }
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      contributes: {
        languageModelTools: (Record<string, string> & { inputSchema: Schema; tags: string[] })[];
      };
    };
    const tools = new Map(manifest.contributes.languageModelTools.map((tool) => [tool.name, tool]));
    const parsers: [string, Parser, object][] = [
      ['tokenize_text', parseTokenizeInput, { text: 'a' }],
      ['find_token_neighbors', parseNeighborsInput, { query: 'a' }],
      ['compare_tokens', parseCompareInput, { a: 'a', b: 'b' }],
      ['solve_token_analogy', parseAnalogyInput, { a: 'a', b: 'b', c: 'c' }],
    ];
    assert.deepEqual(
      [...tools.keys()],
      parsers.map(([name]) => name),
    );
    for (const [name, parse, valid] of parsers) {
      const { inputSchema, tags, displayName, modelDescription, toolReferenceName } = tools.get(name)!;
      assert.match(`${name} ${toolReferenceName ?? ''}`, /^(?!copilot_|vscode_)[\w-]+ [\w-]+$/);
      assert.ok(displayName && modelDescription && tags.every((tag) => !/^(copilot|vscode)_/.test(tag)));
      assert.equal(inputSchema.additionalProperties, false);
      for (const field of inputSchema.required) {
        refuses(parse, { ...valid, [field]: undefined }, /missing/);
      }
      for (const [field, schema] of Object.entries(inputSchema.properties)) {
        limitValues(schema).forEach((value) => {
          const others = field === 'tokens' ? {} : valid;
          parse({ ...others, [field]: value });
        });
        beyondLimits(schema).forEach((value) => {
          const others = field === 'tokens' ? {} : valid;
          refuses(parse, { ...others, [field]: value }, /./);
        });
        if ('default' in schema) {
          assert.deepEqual(parse(valid), parse({ ...valid, [field]: schema.default }));
        }
      }
    }
    assert.equal(tools.get('find_token_neighbors')?.inputSchema.properties.k?.maximum, MAX_TOOL_NEIGHBORS);
    assert.equal(tools.get('compare_tokens')?.inputSchema.properties.tokens?.maxItems, MAX_TOOL_COMPARED);
  });
});

/** The outermost values that a schema lets through. */
function limitValues(schema: Record<string, unknown>): unknown[] {
  const number = (name: string): number => schema[name] as number;
  switch (schema.type) {
    case 'string':
      return (schema.enum as string[] | undefined) ?? ['a', 'a'.repeat(number('maxLength'))];
    case 'integer':
      return [number('minimum'), number('maximum')];
    case 'boolean':
      return [true, false];
    default:
      return [Array(number('minItems')).fill('a'), Array(number('maxItems')).fill('a')];
  }
}

/** Values just outside. */
function beyondLimits(schema: Record<string, unknown>): unknown[] {
  const number = (name: string): number => schema[name] as number;
  switch (schema.type) {
    case 'string':
      return 'enum' in schema ? ['other'] : ['a'.repeat(number('maxLength') + 1)];
    case 'integer':
      return [number('minimum') - 1, number('maximum') + 1];
    case 'boolean':
      return [0];
    default:
      return [Array(number('minItems') - 1).fill('a'), Array(number('maxItems') + 1).fill('a')];
  }
}
