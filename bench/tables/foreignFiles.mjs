import { ms } from './cells.mjs';

const FOREIGN = {
  nothing: 'Nothing, for five seconds',
  deep: 'tokenizer.json of 64 MB of opening brackets',
  objects: 'tokenizer.json of 64 MB of small objects',
  large: 'tokenizer.json of 51 MB, 1,300,256 tokens',
  llama3: 'as Llama 3',
  gemma: 'as Gemma, which does not split texts',
  repeated: '`(?:a+){16}b` on `a…`',
  words: '`\\w*\\w*\\w*!` on `w…`',
  stars: '`a*` sixty times and `b`, on `a…`',
  largest: 'the largest pattern that is taken, on `ab…`',
};

export function foreignFiles(foreign) {
  const cell = (stretch) =>
    stretch ? `${ms(stretch.milliseconds)} | ${ms(stretch.longestPause)}` : 'refused |';
  const rows = Object.entries(FOREIGN).map(([name, what]) => {
    const { load, document, api } = foreign[name];
    return `| ${what} | ${cell(load)} | ${name === 'nothing' ? ' | | | |' : `${cell(document)} | ${cell(api)} |`}`;
  });
  return `
### Files of others

What a foreign \`tokenizer.json\` costs, and the longest pause of the extension host's thread meanwhile, that of VS Code and the collector
included: loading the model; a document of 50,000 characters, tokenized, drawn and counted as a selection; a million characters
counted for another extension.

| What | load | pause | document | pause | API | pause |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}
