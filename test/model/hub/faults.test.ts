import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DownloadProgress } from '../../../src/model/hub/hubDownloader';
import type { HubErrorReason } from '../../../src/model/hub/hubError';
import { MAX_ATTEMPTS } from '../../../src/model/hub/retrying';
import type { HubFault } from '../../fixtures/hub/hubFaults';
import {
  checkpointAround,
  CHUNK_BYTES,
  CHUNK_COUNT,
  COMMIT,
  matrix,
  NEVER,
  ON_MAIN,
  OTHER_COMMIT,
  PINNED,
  readByHand,
  REPOSITORY,
  TENSOR_BYTES,
  useHub,
} from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { until } from '../../fixtures/until';

const MODEL = 'model.safetensors';

describe('A fault that passes', () => {
  const hub = useHub();

  const passing: [what: string, at: 'hub' | 'content', fault: HubFault][] = [
    ['a body that ends early', 'content', { kind: 'truncate', after: 20_000 }],
    ['a body that ends at once', 'content', { kind: 'truncate', after: 0 }],
    ['a line that is cut before the answer', 'content', { kind: 'drop' }],
    ['a hub that cuts the line', 'hub', { kind: 'drop' }],
    ['a length that is too short', 'content', { kind: 'wrongLength', by: -10 }],
    ['a length that is too long', 'content', { kind: 'wrongLength', by: 10 }],
    ['more bytes than were asked for', 'content', { kind: 'tooLong', by: 10 }],
    ['another range than was asked for', 'content', { kind: 'contentRange', value: 'bytes 0-99/800000' }],
    ['a Content-Range that says nothing', 'content', { kind: 'contentRange', value: 'bytes */*' }],
    ['no Content-Range', 'content', { kind: 'headers', headers: { 'content-range': '' } }],
    ['429', 'hub', { kind: 'status', status: 429 }],
    ['500', 'hub', { kind: 'status', status: 500 }],
    ['503', 'content', { kind: 'status', status: 503 }],
    ['a signed address that has expired', 'content', { kind: 'status', status: 403 }],
  ];
  for (const [what, at, fault] of passing) {
    for (const skip of [0, 3]) {
      it(`is survived: ${what}, ${skip === 0 ? 'from the first request on' : 'in between'}`, async () => {
        const size = checkpointAround(hub.source).length;
        hub.server.fault({
          at,
          file: MODEL,
          skip,
          times: 2,
          fault:
            fault.kind === 'contentRange'
              ? { ...fault, value: fault.value.replace('800000', String(size)) }
              : fault,
        });
        if (skip === 0 && fault.kind === 'contentRange') {
          // What the file is like is learned from this very answer, so the wrong one is the truth until it is contradicted.
          hub.server.clearFaults();
          hub.server.fault({ at, file: MODEL, skip: 1, times: 2, fault });
        }
        const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
        assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
        assert.ok(hub.clock.sleeps.length > 0, 'it waited');
      });
    }
  }

  it('is survived: a stall, with a time limit', async () => {
    hub.server.fault({ at: 'content', skip: 2, times: 2, fault: { kind: 'stall', after: 5_000 } });
    const { file } = await hub.downloader({ timeoutMilliseconds: 150 }).download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('is survived: no answer, with a time limit', async () => {
    hub.server.fault({ at: 'hub', skip: 2, times: 2, fault: { kind: 'silence' } });
    const { file } = await hub.downloader({ timeoutMilliseconds: 150 }).download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('is no fault: a line that is slow and never stops', async () => {
    // The whole takes longer than the time limit, no pause does.
    const fault: HubFault = { kind: 'drip', bytes: 8_192, milliseconds: 100 };
    hub.server.fault({ at: 'content', skip: 1, times: 4, fault });
    const { file } = await hub.downloader({ timeoutMilliseconds: 600 }).download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.deepEqual(hub.clock.sleeps, []);
  });

  it('costs only what was lost: a chunk goes on where its line dropped', async () => {
    hub.server.fault({ at: 'content', skip: 1, times: 1, fault: { kind: 'truncate', after: 20_000 } });
    await hub.downloader().download(PINNED, { signal: NEVER });
    const firsts = hub.server.rangesOf(MODEL).map(({ first }) => first);
    const begin = Math.min(...firsts.slice(1));
    assert.equal(firsts.length, 1 + CHUNK_COUNT + 1);
    assert.ok(firsts.some((first) => first > begin && (first - begin) % CHUNK_BYTES !== 0));
  });

  it('lets a line that drops all the time get there, as long as something arrives', async () => {
    hub.server.fault({ at: 'content', skip: 1, fault: { kind: 'truncate', after: 12_000 } });
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('makes all requests wait as long as Retry-After says, at most ten minutes, and says so', async () => {
    const waits: string[] = [];
    const onProgress = ({ waiting }: DownloadProgress): unknown =>
      waiting !== undefined && waits.push(waiting);
    const limited = (value: string): HubFault => ({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': value },
    });
    hub.server.fault({ at: 'hub', times: 1, fault: limited('45') });
    await hub.downloader().download(PINNED, { signal: NEVER, onProgress });
    assert.ok(hub.clock.sleeps[0]! > 44_000 && hub.clock.sleeps[0]! <= 45_000);
    assert.match(
      waits[0]!,
      /^127\.0\.0\.1:\d+ asks for fewer requests \(status 429\): next attempt in 45 s\.$/,
    );
    await fs.rm(hub.inStorage(), { recursive: true });
    hub.clock.sleeps.length = 0;
    hub.server.clearFaults();
    hub.server.fault({ at: 'hub', times: 1, fault: limited('86400') });
    await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok(hub.clock.sleeps[0]! > 599_000 && hub.clock.sleeps[0]! <= 600_000);
  });

  it("waits as long as the hub's RateLimit says, which is minutes, says so, and can be canceled meanwhile", async () => {
    const fault: HubFault = { kind: 'status', status: 429, headers: { ratelimit: '"resolvers";r=0;t=290' } };
    hub.server.fault({ at: 'hub', times: 1, fault });
    const waits: string[] = [];
    const canceled = new AbortController();
    const onProgress = ({ waiting }: DownloadProgress): void => {
      if (waiting !== undefined) {
        waits.push(waiting);
        canceled.abort(new Error('canceled in the wait'));
      }
    };
    await assert.rejects(
      hub.downloader().download(PINNED, { signal: canceled.signal, onProgress }),
      /canceled in the wait/,
    );
    assert.match(waits[0] ?? '', /fewer requests \(status 429\): next attempt in 4 min (?:50|49) s\.$/);
  });

  it('is called so: the page of a network that wants people to sign in is no server that sends whole files', async () => {
    for (const at of ['hub', 'content'] as const) {
      hub.server.clearFaults();
      hub.server.fault({
        at,
        fault: {
          kind: 'status',
          status: 200,
          headers: { 'content-type': 'text/html; charset=utf-8' },
          body: '<html>Sign in',
        },
      });
      await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER, allowWholeFile: true }), {
        reason: 'bad-response',
        message: /A web page came in place of model\.safetensors.*sign in with a browser/,
      });
    }
  });

  it('makes the waits longer and longer', async () => {
    hub.server.fault({ at: 'hub', times: 5, fault: { kind: 'status', status: 500 } });
    await hub.downloader().download(PINNED, { signal: NEVER });
    assert.deepEqual(
      hub.clock.sleeps.map((sleep) => Math.round(sleep / 10) * 10),
      [750, 1500, 3000, 6000, 12000],
    );
  });

  it('is survived once: a file that changes is downloaded from the start again', async () => {
    const changed = matrix(2);
    const files = { [MODEL]: checkpointAround(changed) };
    const downloader = hub.downloader({
      log: () => {
        if (hub.server.rangesOf(MODEL).length === 5) {
          hub.server.setRepository(REPOSITORY, { commits: { [COMMIT]: { files } }, refs: { main: COMMIT } });
        }
      },
    });
    const { file } = await downloader.download(ON_MAIN, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(changed.bytes));
  });

  it('is survived: an ETag that is sometimes weak', async () => {
    hub.server.fault({ at: 'hub', fault: { kind: 'headers', headers: { 'x-linked-etag': '' } } });
    const etag = (value: string): HubFault => ({ kind: 'headers', headers: { etag: value } });
    hub.server.fault({ at: 'content', times: 4, fault: etag('W/"abc"') });
    hub.server.fault({ at: 'content', skip: 4, fault: etag('"abc"') });
    await hub.downloader().download(PINNED, { signal: NEVER });
  });

  it('follows a repository to its new name, and the hub still gets the token', async () => {
    const location = `/${REPOSITORY}/resolve/${COMMIT}/${MODEL}`;
    hub.server.fault({ at: 'hub', times: 1, fault: { kind: 'redirect', location } });
    await hub.downloader({ token: () => Promise.resolve('hf_abc') }).download(PINNED, { signal: NEVER });
    assert.deepEqual(
      hub.server.requests.slice(0, 3).map(({ at, headers }) => [at, headers.authorization]),
      [
        ['hub', 'Bearer hf_abc'],
        ['hub', 'Bearer hf_abc'],
        ['content', undefined],
      ],
    );
  });
});

describe('A fault that stays', () => {
  const hub = useHub();

  const lasting: [
    what: string,
    at: 'hub' | 'content',
    fault: HubFault,
    reason: HubErrorReason,
    says: RegExp,
  ][] = [
    ['401', 'hub', { kind: 'status', status: 401 }, 'unauthorized', /Set an access token/],
    [
      'a gated repository without token',
      'hub',
      { kind: 'status', status: 401, headers: { 'x-error-code': 'GatedRepo' } },
      'unauthorized',
      /gated\. Accept its terms on http:\/\/127\.0\.0\.1:\d+\/ada\/tiny-model and set an access token/,
    ],
    ['403', 'hub', { kind: 'status', status: 403 }, 'forbidden', /Accept its terms on/],
    [
      'a repository that is not there',
      'hub',
      { kind: 'status', status: 401, headers: { 'x-error-code': 'RepoNotFound' } },
      'not-found',
      /no repository ada\/tiny-model/,
    ],
    [
      'a revision that is not there',
      'hub',
      { kind: 'status', status: 404, headers: { 'x-error-code': 'RevisionNotFound' } },
      'not-found',
      /no revision 1234567/,
    ],
    ['404', 'hub', { kind: 'status', status: 404 }, 'not-found', /neither model\.safetensors nor/],
    ['407', 'hub', { kind: 'status', status: 407 }, 'proxy', /http\.proxy/],
    ['418', 'hub', { kind: 'status', status: 418 }, 'bad-response', /418/],
    ['429', 'hub', { kind: 'status', status: 429 }, 'rate-limited', /429/],
    ['500', 'content', { kind: 'status', status: 500 }, 'server-error', /500/],
    ['a line that drops', 'content', { kind: 'drop' }, 'connection-lost', /lost/],
    [
      'redirects to itself',
      'hub',
      { kind: 'redirect', location: '?again' },
      'bad-response',
      /more than 5 times/,
    ],
    [
      'a redirect out of the web',
      'hub',
      { kind: 'redirect', location: 'file:///etc/passwd' },
      'bad-response',
      /file:/,
    ],
    [
      'a redirect with a password',
      'hub',
      { kind: 'redirect', location: 'http://a:b@127.0.0.1/' },
      'bad-response',
      /user name/,
    ],
    [
      'a redirect to nonsense',
      'hub',
      { kind: 'redirect', location: 'http://' },
      'bad-response',
      /no web address/,
    ],
    [
      'compressed content',
      'content',
      { kind: 'headers', headers: { 'content-encoding': 'gzip' } },
      'bad-response',
      /compressed/,
    ],
    [
      'another commit than the pinned one',
      'hub',
      { kind: 'headers', headers: { 'x-repo-commit': OTHER_COMMIT } },
      'bad-response',
      /fedcba/,
    ],
  ];
  for (const [what, at, fault, reason, says] of lasting) {
    it(`is reported as ${reason}: ${what}`, async () => {
      hub.server.fault({ at, fault });
      const error = await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), reason, says);
      assert.ok(!error.message.includes('Signature'));
      const attempts = hub.server.requests.filter((request) => request.at === at).length;
      assert.ok(attempts <= Math.max(MAX_ATTEMPTS, 6), `${String(attempts)} requests`);
    });
  }

  it('says that a token is not accepted where there is one', async () => {
    hub.server.fault({ at: 'hub', fault: { kind: 'status', status: 401 } });
    const downloader = hub.downloader({ token: () => Promise.resolve('hf_0ld') });
    const error = await rejectsHub(
      downloader.download(PINNED, { signal: NEVER }),
      'unauthorized',
      /not accepted/,
    );
    assert.ok(!error.message.includes('hf_0ld'));
  });

  it('is given up at some time while nothing arrives, and what has arrived is kept', async () => {
    hub.server.fault({ at: 'content', skip: 4, fault: { kind: 'status', status: 503 } });
    const error = await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'server-error');
    assert.match(error.detail ?? '', /^0\.\d of 0\.6 MB are kept/);
    assert.equal((await fs.readdir(hub.inStorage('models--ada--tiny-model', 'partial'))).length, 2);
    hub.server.clearFaults();
    hub.server.requests.length = 0;
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.equal(hub.server.rangesOf(MODEL).length, 1 + CHUNK_COUNT - 3);
  });

  it('is given up: a stall without end', async () => {
    hub.server.fault({ at: 'content', skip: 1, fault: { kind: 'stall', after: 0 } });
    const stalls = async (timeoutMilliseconds: number): Promise<boolean> => {
      const download = hub.downloader({ timeoutMilliseconds }).download(PINNED, { signal: NEVER });
      const { message } = await rejectsHub(download, 'timeout', /has sent nothing for|did not answer within/);
      return message.includes(`has sent nothing for ${String(timeoutMilliseconds / 1000)} s`);
    };
    let limit = 50;
    // A busy machine may not even answer in time before it stalls: then it is given more.
    while (!(await stalls(limit))) {
      limit *= 2;
    }
  });

  it('is given up soon: a server that never answers', async () => {
    hub.server.fault({ at: 'hub', fault: { kind: 'silence' } });
    const downloader = hub.downloader({ timeoutMilliseconds: 50 });
    await rejectsHub(
      downloader.download(PINNED, { signal: NEVER }),
      'timeout',
      /did not answer within 0\.05 s/,
    );
    assert.equal(hub.server.requests.length, 2);
  });

  it('is given up: bytes that are spoiled again and again', async () => {
    hub.server.fault({ at: 'content', skip: 1, fault: { kind: 'tooLong', by: 1 } });
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'bad-response', /more than the/);
  });

  it('is given up: a file that changes all the time', async () => {
    let n = 0;
    const download = hub.downloader({
      log: () => {
        const etag = `"${String(n++)}"`;
        hub.server.clearFaults();
        hub.server.fault({ at: 'hub', fault: { kind: 'headers', headers: { 'x-linked-etag': etag } } });
      },
    });
    await rejectsHub(download.download(PINNED, { signal: NEVER }), 'changed');
    assert.deepEqual(await fs.readdir(hub.inStorage('models--ada--tiny-model', 'partial')), []);
  });

  it('a branch whose commit the server does not tell cannot be stored', async () => {
    hub.server.fault({ at: 'hub', fault: { kind: 'headers', headers: { 'x-repo-commit': '' } } });
    await rejectsHub(hub.downloader().download(ON_MAIN, { signal: NEVER }), 'bad-response', /which commit/);
    // A mirror may leave it out where the request itself names the commit.
    await hub.downloader().download(PINNED, { signal: NEVER });
  });

  it('never follows from a secure connection to an insecure one', async () => {
    const downloader = hub.downloader({
      endpoint: new URL('https://hub.example'),
      transport: async ({ url }) => {
        assert.equal(url.protocol, 'https:', 'was followed');
        const response = await new Promise<http.IncomingMessage>((resolve) => {
          http.get(`${hub.server.endpoint}/${REPOSITORY}/resolve/${COMMIT}/${MODEL}`, resolve);
        });
        return { status: response.statusCode ?? 0, headers: response.headers, body: response };
      },
    });
    await rejectsHub(downloader.download(PINNED, { signal: NEVER }), 'bad-response', /insecure/);
  });
});

describe('Without a network', () => {
  const hub = useHub();

  it('a download fails at once, and says so', async () => {
    const server = http.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const endpoint = new URL(`http://127.0.0.1:${String(port)}`);
    const downloader = hub.downloader({ endpoint });
    await rejectsHub(
      downloader.download(PINNED, { signal: NEVER }),
      'offline',
      /cannot be reached \(ECONNREFUSED\)/,
    );
    assert.deepEqual(hub.clock.sleeps, []);
  });

  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']) {
    it(`${code} is told apart`, async () => {
      const transport = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));
      await rejectsHub(hub.downloader({ transport }).download(PINNED, { signal: NEVER }), 'offline');
      assert.deepEqual(hub.clock.sleeps, []);
    });
  }

  for (const code of ['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    it(`${code} is a matter of certificates`, async () => {
      const transport = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));
      const download = hub.downloader({ transport }).download(PINNED, { signal: NEVER });
      await rejectsHub(download, 'certificate', /http\.systemCertificates/);
    });
  }

  it('that comes back, a download that had begun goes on', async () => {
    let requests = 0;
    const { nodeHttpTransport } = await import('../../../src/model/hub/httpTransport');
    const downloader = hub.downloader({
      transport: (request) => {
        requests++;
        return requests > 6 && requests < 20
          ? Promise.reject(Object.assign(new Error('ENETUNREACH'), { code: 'ENETUNREACH' }))
          : nodeHttpTransport(request);
      },
    });
    const { file } = await downloader.download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.ok(hub.clock.sleeps.length > 0);
  });
});

describe('A server that ignores ranges', () => {
  const hub = useHub();

  beforeEach(() => hub.server.fault({ at: 'content', file: MODEL, fault: { kind: 'ignoreRange' } }));

  it('is noticed before the body is read', async () => {
    let received = 0;
    const { nodeHttpTransport } = await import('../../../src/model/hub/httpTransport');
    const downloader = hub.downloader({
      transport: async (request) => {
        const response = await nodeHttpTransport(request);
        if (response.status === 200) {
          response.body.on('resume', () => received++);
        }
        return response;
      },
    });
    const error = await rejectsHub(downloader.download(PINNED, { signal: NEVER }), 'range-ignored');
    assert.equal(error.wholeFileBytes, checkpointAround(hub.source).length);
    assert.equal(received, 0);
  });

  it('may send everything where the user agrees: only the tensor is kept', async () => {
    const reports: DownloadProgress[] = [];
    const { file } = await hub.downloader().download(PINNED, {
      signal: NEVER,
      allowWholeFile: true,
      onProgress: (report) => reports.push(report),
    });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    const last = reports.filter(({ phase }) => phase === 'downloading').at(-1)!;
    // What has to be read before the tensor counts as well.
    assert.ok(last.bytesTotal > TENSOR_BYTES + 100_000);
    assert.ok(last.bytesDone <= last.bytesTotal);
  });

  it('may send everything of a branch, and of the shard with the tensor', async () => {
    const index = { weight_map: { 'wte.weight': 'b.safetensors' } };
    hub.server.setRepository(REPOSITORY, {
      commits: {
        [COMMIT]: {
          files: {
            'model.safetensors.index.json': Buffer.from(JSON.stringify(index)),
            'b.safetensors': checkpointAround(hub.source),
          },
        },
      },
      refs: { main: COMMIT },
    });
    hub.server.fault({ at: 'content', file: 'b.safetensors', fault: { kind: 'ignoreRange' } });
    const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER, allowWholeFile: true });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('may drop the line in between', async () => {
    hub.server.fault({ at: 'content', skip: 1, times: 2, fault: { kind: 'truncate', after: 300_000 } });
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER, allowWholeFile: true });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('may begin to do so in the middle', async () => {
    hub.server.clearFaults();
    hub.server.fault({ at: 'content', skip: 5, fault: { kind: 'ignoreRange' } });
    const error = await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'range-ignored');
    assert.match(error.detail ?? '', /are kept/);
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER, allowWholeFile: true });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('may send a file that is none, or ends before its tensor', async () => {
    hub.server.fault({
      at: 'content',
      skip: 1,
      times: 1,
      fault: { kind: 'wrongByte', position: 9, value: 0 },
    });
    const download = hub.downloader().download(PINNED, { signal: NEVER, allowWholeFile: true });
    await rejectsHub(download, 'bad-response');
  });
});

describe('A download that is canceled', () => {
  const hub = useHub();

  it('stops, rejects with the reason, and the next one goes on with what has arrived', async () => {
    hub.server.fault({ at: 'content', skip: 4, fault: { kind: 'drip', bytes: 1_000, milliseconds: 20 } });
    const cancel = new AbortController();
    const reason = new Error('enough');
    const download = hub.downloader().download(PINNED, {
      signal: cancel.signal,
      onProgress: ({ bytesDone }) => {
        if (bytesDone > 3.2 * CHUNK_BYTES) {
          cancel.abort(reason);
        }
      },
    });
    await assert.rejects(download, (error) => error === reason);
    const entries = await fs.readdir(hub.inStorage('models--ada--tiny-model'));
    assert.deepEqual(entries, ['partial'], 'the lock is gone');
    hub.server.clearFaults();
    hub.server.requests.length = 0;
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.equal(hub.server.rangesOf(MODEL).length, 1 + CHUNK_COUNT - 3);
  });

  for (const [what, at, kind] of [
    ['before the answer', 'hub', 'silence'],
    ['in a stall', 'content', 'stall'],
  ] as const) {
    it(`stops ${what}`, async () => {
      const fault: HubFault = kind === 'stall' ? { kind, after: 10 } : { kind };
      hub.server.fault({ at, fault });
      const cancel = new AbortController();
      const download = hub.downloader().download(PINNED, { signal: cancel.signal });
      await until(
        () => hub.server.requests.map((request) => request.at),
        (asked) => asked.includes(at),
        `a request at ${at}`,
      );
      cancel.abort(new Error('enough'));
      await assert.rejects(download, /enough/);
    });
  }

  it('stops in a wait', async () => {
    hub.server.fault({
      at: 'hub',
      fault: { kind: 'status', status: 503, headers: { 'retry-after': '100' } },
    });
    const cancel = new AbortController();
    const { SYSTEM_CLOCK } = await import('../../../src/model/hub/retrying');
    const download = hub.downloader({ clock: SYSTEM_CLOCK }).download(PINNED, {
      signal: cancel.signal,
      onProgress: ({ waiting }) => {
        if (waiting !== undefined) {
          cancel.abort(new Error('enough'));
        }
      },
    });
    await assert.rejects(download, /enough/);
  });

  it('was canceled before it began', async () => {
    const download = hub.downloader().download(PINNED, { signal: AbortSignal.abort(new Error('enough')) });
    await assert.rejects(download, /enough/);
    assert.equal(hub.server.requests.length, 0);
  });

  it('leaves nothing when its part is discarded', async () => {
    hub.server.fault({ at: 'content', skip: 4, fault: { kind: 'status', status: 404 } });
    await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER }));
    await hub.downloader().discardPartial(PINNED);
    assert.deepEqual(await fs.readdir(hub.storage()), []);
  });
});
