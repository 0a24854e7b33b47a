import assert from 'node:assert/strict';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import { ensureVerifiableCheckpoint } from '../fixtures/checkpoints/verifiableCheckpoint';
import { ForwardProxy } from '../fixtures/hub/forwardProxy';
import { HubServer } from '../fixtures/hub/hubServer';
import { startSession, type Session } from './session';

/** No name service knows it: whoever reaches it has gone through the proxy. */
const HUB_NAME = 'hub.tokenscope.test';

describe('a download behind a proxy', () => {
  let hub: HubServer | undefined;
  let proxy: ForwardProxy | undefined;
  let session: Session | undefined;

  before(async () => {
    hub = await HubServer.start({
      [GPT2_SMALL.repository]: {
        commits: {
          [GPT2_SMALL.revision]: { files: { 'model.safetensors': await ensureVerifiableCheckpoint() } },
        },
      },
    });
    proxy = await ForwardProxy.start(HUB_NAME, hub.endpoint);
    session = await startSession({
      file: 'lesson.md',
      checkpoint: 'none',
      downloads: true,
      settings: { 'http.proxy': proxy.address, 'tokenscope.hubEndpoint': `http://${HUB_NAME}` },
    });
  });

  after(async () => {
    await session?.close();
    await proxy?.close();
    await hub?.close();
  });

  it('goes through the proxy that VS Code is told of', async () => {
    assert.ok(session && proxy);
    const { workbench } = session;
    const { asked } = proxy;
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.frame.getByRole('button', { name: 'Download', exact: true }).click();
    await workbench.inspector.waitForNeighborsOf('Mike');
    assert.equal((await workbench.inspector.neighbors())[1]?.score, '0.857');
    assert.ok(asked.length > 0);
    assert.ok(asked.every((address) => address.startsWith(`http://${HUB_NAME}/openai-community/gpt2/`)));
  });
});
