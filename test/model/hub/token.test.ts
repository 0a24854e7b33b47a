import assert from 'node:assert/strict';
import { PARALLEL_REQUESTS } from '../../../src/model/hub/downloadChunks';
import { nodeHttpTransport, type HttpTransport } from '../../../src/model/hub/httpTransport';
import type { TokenAnswer } from '../../../src/model/hub/tokenAnswer';
import { listStoredModels } from '../../../src/model/hub/storedModels';
import { NEVER, ON_MAIN, PINNED, readByHand, REPOSITORY, useHub } from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { until } from '../../fixtures/until';

const TOKEN = 'hf_5ecret';
const YES: TokenAnswer = { token: TOKEN };

describe('The token of the user', () => {
  const hub = useHub();
  const asked: string[] = [];
  beforeEach(() => asked.splice(0));
  const asking = (answer: TokenAnswer) => ({
    askForToken: ({ repository }: { readonly repository: string }) => {
      asked.push(repository);
      return Promise.resolve(answer);
    },
  });

  it('is not asked for by a server that sends without it: not to look up, download, or go on', async () => {
    const downloader = hub.downloader(asking(YES));
    const { sendsToken } = await downloader.lookUp(ON_MAIN, { signal: NEVER });
    hub.server.fault({ at: 'content', skip: 4, fault: { kind: 'status', status: 404 } });
    await assert.rejects(downloader.download(ON_MAIN, { signal: NEVER }));
    assert.equal((await listStoredModels(hub.inStorage()))[0]?.isComplete, false);
    hub.server.clearFaults();
    await downloader.download(ON_MAIN, { signal: NEVER });
    assert.ok(hub.server.requests.length > 10);
    assert.deepEqual([asked, hub.server.authorizations, sendsToken], [[], [], false]);
  });

  it('is asked for once where a server asks who we are, and sent from then on, to its origin alone', async () => {
    hub.server.requiredToken = TOKEN;
    const downloader = hub.downloader(asking(YES));
    const located = await downloader.lookUp(PINNED, { signal: NEVER });
    assert.equal(located.sendsToken, true);
    assert.deepEqual(asked, [REPOSITORY]);
    const [first, ...others] = hub.server.requests;
    assert.equal(first?.headers.authorization, undefined, 'it was asked without it first');
    for (const { at, headers } of others) {
      assert.equal(headers.authorization, at === 'hub' ? `Bearer ${TOKEN}` : undefined);
    }
    const { file } = await downloader.download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.deepEqual(asked, [REPOSITORY, REPOSITORY], 'once more for the download, not for each request');
  });

  it('is asked for once by all requests that are under way', async () => {
    const refusedChunks = () =>
      hub.server.requests.filter(({ at, range }) => at === 'hub' && range!.first > 0);
    const downloader = hub.downloader({
      // The header is sent to everybody, the rest is not.
      transport: (request) => {
        hub.server.requiredToken = hub.server.requests.length < 2 ? undefined : TOKEN;
        return nodeHttpTransport(request);
      },
      askForToken: async ({ repository }) => {
        asked.push(repository);
        await until(
          () => refusedChunks().length,
          (count) => count === PARALLEL_REQUESTS,
          'as many requests as there are at once',
        );
        return YES;
      },
    });
    await downloader.download(PINNED, { signal: NEVER });
    assert.deepEqual(asked, [REPOSITORY]);
  });

  it('is not sent where the user does not want it, and the error says so', async () => {
    hub.server.requiredToken = TOKEN;
    const withheld = 'Your access token was not sent.';
    const downloader = hub.downloader(asking({ withheld }));
    await rejectsHub(
      downloader.lookUp(PINNED, { signal: NEVER }),
      'unauthorized',
      /Your access token was not sent\.$/,
    );
    await rejectsHub(downloader.download(PINNED, { signal: NEVER }), 'unauthorized', /not sent\.$/);
    assert.deepEqual(hub.server.authorizations, []);
  });

  it('is asked for also where a server hides what it has from strangers', async () => {
    const answer = asking(undefined);
    await rejectsHub(
      hub.downloader(answer).download({ ...PINNED, repository: 'ada/private' }, { signal: NEVER }),
      'not-found',
      /If it is private, set an access token/,
    );
    assert.deepEqual(asked, ['ada/private']);
  });

  it('is not asked for by who sends the content, nor where one was refused', async () => {
    hub.server.fault({ at: 'content', times: 2, fault: { kind: 'status', status: 403 } });
    await hub.downloader(asking(YES)).download(PINNED, { signal: NEVER });
    hub.server.requiredToken = 'another';
    const refused = hub.downloader({ ...asking(YES), token: () => Promise.resolve(TOKEN) });
    await rejectsHub(refused.download({ ...PINNED, revision: 'main' }, { signal: NEVER }), 'unauthorized');
    assert.deepEqual(asked, []);
  });

  it('is not waited for by a download that is canceled', async () => {
    hub.server.requiredToken = TOKEN;
    const abort = new AbortController();
    const downloader = hub.downloader({
      askForToken: () => {
        setImmediate(() => abort.abort(new Error('canceled')));
        return new Promise(() => undefined);
      },
    });
    await assert.rejects(downloader.download(PINNED, { signal: abort.signal }), /canceled/);
  });

  for (const [what, more] of [
    ['that the user has named', { token: () => Promise.resolve(TOKEN) }],
    ['that asks who we are', asking(YES)],
  ] as const) {
    it(`never goes over a connection that others can read, to a server ${what}`, async () => {
      hub.server.requiredToken = TOKEN;
      const sent: Readonly<Record<string, string>>[] = [];
      // The name is that of another machine, the answers are those of this one.
      const transport: HttpTransport = (request) => {
        sent.push(request.headers);
        const url = new URL(request.url.pathname + request.url.search, hub.server.endpoint);
        return nodeHttpTransport({ ...request, url });
      };
      const downloader = hub.downloader({ ...more, transport, endpoint: new URL('http://mirror.example') });
      await rejectsHub(downloader.lookUp(PINNED, { signal: NEVER }), 'unauthorized', /over http:/);
      assert.ok(sent.length > 0 && sent.every((headers) => !('authorization' in headers)));
      assert.deepEqual(asked, []);
    });
  }
});
