import * as vscode from 'vscode';
import { TokenQuestions } from './editor/answers/tokenQuestions';
import { createApi } from './editor/api/createApi';
import { ModelChanges } from './editor/api/modelChanges';
import type { TokenscopeApi } from './editor/api/tokenscopeApi';
import { registerBandCommands } from './editor/bands/bandCommands';
import type { PinnedQuery } from './editor/bands/pinnedQuery';
import { RememberedBands } from './editor/bands/rememberedBands';
import { TokenBands } from './editor/bands/tokenBands';
import { registerChooseModel } from './editor/commands/chooseModel';
import { chooseTable } from './editor/commands/chooseTable';
import { keepCommandContexts } from './editor/commands/commandContexts';
import { COMMANDS } from './editor/commandIds';
import { registerConnectDatabase } from './editor/commands/connectDatabase';
import { registerSendEmbeddings } from './editor/commands/sendEmbeddings';
import { registerCompareTokens } from './editor/commands/compareTokens';
import { confirmToken } from './editor/commands/confirmToken';
import { contributedCommands } from './editor/commands/contributedCommands';
import { registerCopyTokenIds } from './editor/commands/copyTokenIds';
import { registerCopyTokens } from './editor/commands/copyTokens';
import { registerDownload } from './editor/commands/downloadModel';
import { registerFindNeighbors } from './editor/commands/findNeighbors';
import { registerGettingStarted } from './editor/commands/gettingStarted';
import { registerNeighborMenu } from './editor/commands/neighborMenu';
import { registerLoadEmbeddings } from './editor/commands/loadEmbeddings';
import { registerNeighborGraph } from './editor/commands/neighborGraph';
import { registerOpenSavedNeighbors } from './editor/commands/openSavedNeighbors';
import { registerSelectTokens } from './editor/commands/selectTokens';
import { registerSetHubToken } from './editor/commands/setHubToken';
import { registerShowOnMap } from './editor/commands/showOnMap';
import { registerStoredModels } from './editor/commands/storedModels';
import { registerToggleSurprises } from './editor/commands/toggleSurprises';
import { registerTokenActions } from './editor/commands/tokenActions';
import { registerVerifySimilarity } from './editor/commands/verifySimilarity';
import { OpenDocuments } from './editor/documents/openDocuments';
import { TokenHoverProvider } from './editor/hover/tokenHoverProvider';
import { HoverRegistration } from './editor/hover/hoverRegistration';
import { openFirstScreen } from './editor/lesson/firstScreen';
import { Lesson } from './editor/lesson/lesson';
import { registerLanguageModelTools } from './editor/languageModelTools/registerLanguageModelTools';
import { ExportDialogs } from './editor/panel/exports/exportDialogs';
import { ModelMap } from './editor/panel/map/modelMap';
import { QuerySuggestions } from './editor/panel/querySuggestions';
import { InspectorPanels } from './editor/panel/inspectorPanels';
import { QueryCompletions } from './editor/vocabulary/queryCompletions';
import { VocabularyFilters } from './editor/vocabulary/vocabularyFilters';
import { createHubDownloader } from './editor/session/createHubDownloader';
import { Databases } from './editor/session/databases';
import { DownloadApprovals } from './editor/session/downloadApprovals';
import { HubServer } from './editor/session/hubServer';
import { HubToken } from './editor/session/hubToken';
import { ModelChoice } from './editor/session/modelChoice';
import { ModelLocator } from './editor/session/modelLocator';
import { ModelTokenizer } from './editor/session/modelTokenizer';
import { NeighborGraphBuilds } from './editor/session/neighborGraphBuilds';
import { TokenConsents } from './editor/session/tokenConsents';
import { withTensorNotice } from './editor/session/tensorNotice';
import { TokenRules } from './editor/session/tokenRules';
import { UsedModels } from './editor/session/usedModels';
import { workspaceFolders } from './editor/session/workspaceFolders';
import { Settings } from './editor/settings';
import { SectionsView } from './editor/sections/sectionsView';
import { SplitView } from './editor/splitView/splitView';
import { TokenscopeStatus } from './editor/statusBar/tokenscopeStatus';
import { SurpriseDiagnostics } from './editor/surprises/surpriseDiagnostics';
import { registerCommand } from './editor/workbench/registerCommand';
import { EnginesByPlace } from './engine/session/enginesByPlace';
import { EmbeddingSession } from './engine/session/embeddingSession';
import { startNodeWorker } from './engine/thread/nodeWorker';
import { PreparedModels } from './engine/session/preparedModels';
import { readTokenizersInThread } from './engine/thread/tokenizerThread';
import { WorkerEngine } from './engine/thread/workerEngine';
import { fileStamp } from './model/fileStamp';
import type { HubPlaces } from './model/findHubModel';
import type { HubDownloader } from './model/hub/hubDownloader';
import { resolveToken } from './model/hub/hubSettings';
import { loadTokenizerBy } from './model/tokenizers/loadTokenizerBy';
import { surveyLocalModels } from './model/surveyLocalModels';
import { surveyModels } from './model/surveyModels';
import { storageFolders } from './model/storageFolders';
import { isMac, thisMachine } from './model/thisMachine';
import { databaseClient, hubDownloads, otherTokenizers, vectorFiles } from './laterBundles';

/** How long Choose Model looks for files of vectors: who opened a picker waits for it. */
const SEARCH_MILLISECONDS = 1_000;

/** The parts by name, for the tests that run inside VS Code. Nobody else gets them. */
export interface TestAccess extends TokenscopeApi {
  readonly session: EmbeddingSession;
  readonly panels: InspectorPanels;
  readonly hoverProvider: TokenHoverProvider;
  readonly tokenizers: ModelTokenizer;
  readonly documents: OpenDocuments;
  readonly bands: TokenBands;
  readonly status: TokenscopeStatus;
  readonly surprises: SurpriseDiagnostics;
  readonly splitView: SplitView;
  readonly sections: SectionsView;
  /** Folder of downloaded models. */
  readonly storage: string;
}

/** Composition root: puts the parts together and registers them. It starts nothing: no disk, no network, no WebAssembly. */
export function activate(context: vscode.ExtensionContext): TokenscopeApi | TestAccess {
  const log = vscode.window.createOutputChannel('Tokenscope', { log: true });
  const logFailure = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const settings = new Settings();
  const approvals = new DownloadApprovals(context.globalState);
  const hubToken = new HubToken(context.secrets);
  const server = new HubServer(settings, thisMachine().env);
  const consents = new TokenConsents(context.globalState);
  const tokens = new TokenRules({
    token: async () => resolveToken(await hubToken.get(), thisMachine().env),
    server,
    consents,
    ask: confirmToken,
  });
  const {
    models: storage,
    indexes,
    vectors,
  } = storageFolders(context.globalStorageUri.fsPath, thisMachine());
  const bundle = (name: string): string => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;
  const databases = new Databases({ settings, secrets: context.secrets, client: databaseClient });
  const tokenizers = new ModelTokenizer(
    async ({ convertedPath, labelKind }, name) =>
      (await vectorFiles()).readVectorLabels({ path: convertedPath, labelKind }, name),
    loadTokenizerBy({
      read: readTokenizersInThread(() => startNodeWorker(bundle('tokenizerWorker.js'), 'tokenizer')),
      make: async (...tables) => (await otherTokenizers()).makeTokenizer(...tables),
    }),
    () => databases.labels,
  );
  const places = (): HubPlaces => ({ storage, server: server.address, environment: thisMachine() });
  const createDownloader = (): Promise<HubDownloader> =>
    createHubDownloader(hubDownloads, server, tokens, storage, log);
  const usedModels = new UsedModels(context.globalState);
  const locator = new ModelLocator({
    settings,
    approvals,
    tokens,
    places,
    surroundings: () => ({ home: thisMachine().home, folders: workspaceFolders() }),
    used: usedModels,
    createDownloader,
    log: (line) => log.warn(line),
  });
  const session = new EmbeddingSession({
    engine: new EnginesByPlace(
      new PreparedModels(() => new WorkerEngine(() => startNodeWorker(bundle('engineWorker.js'))), fileStamp),
      () => databases.engine(),
    ),
    locate: (signal, onDownload) => locator.locate(signal, onDownload),
    beforeReady: (model) => tokenizers.use(withTensorNotice(model, settings.embeddingTensor)),
    cacheFolder: indexes,
    vectorsFolder: vectors,
    stampOf: fileStamp,
    idleMilliseconds: settings.releaseAfterMinutes * 60_000,
  });
  const graphBuilds = new NeighborGraphBuilds({
    session,
    isAutomatic: () => settings.buildsGraphs,
    onFailure: logFailure,
  });
  const reload = (): void => {
    session.reset();
    panels.refresh();
  };
  // What it fails with is in its state.
  const load = (): void => void session.ensureReady().catch(() => undefined);
  const choice = new ModelChoice({ settings, approvals, server, tokens, reload, load });
  const filters = new VocabularyFilters();
  const { ofDocuments } = tokenizers;
  const documents = new OpenDocuments(ofDocuments);
  const panels = new InspectorPanels({
    session,
    choice,
    databases,
    settings,
    server,
    tokenizers,
    filters,
    completions: new QueryCompletions(),
    suggestions: new QuerySuggestions(context.workspaceState),
    documents,
    map: new ModelMap({
      session,
      builds: graphBuilds,
      tokenizer: () => tokenizers.current,
      onFailure: logFailure,
    }),
    dialogs: new ExportDialogs(vscode.Uri.file(thisMachine().home)),
    extensionUri: context.extensionUri,
    version: versionOf(context),
    log,
    onActivity: () => graphBuilds.noteActivity(),
  });
  const pinned: PinnedQuery = {
    get current() {
      return panels.current?.inspection.history.current;
    },
    onDidChange: panels.onDidChangeQuery,
  };
  const remembered = new RememberedBands(context.workspaceState);
  const bandServices = { documents, tokenizers: ofDocuments, session, settings, pinned, remembered };
  const bands = new TokenBands(bandServices);
  const hoverProvider = new TokenHoverProvider(session, tokenizers, bands);
  const status = new TokenscopeStatus({ session, documents, tokenizers: ofDocuments, bands, settings });
  const surprises = new SurpriseDiagnostics({ documents, tokenizers: ofDocuments, session, settings });
  const splitView = new SplitView({ documents, tokenizers: ofDocuments, bands });
  const sections = new SectionsView({
    documents,
    tokenizers: ofDocuments,
    settings,
    memory: context.globalState,
  });
  const questions = new TokenQuestions({
    embeddings: session,
    tokenizers,
    filters,
    missingModel: () => locator.missingModel(),
  });
  const lesson = new Lesson({
    questions,
    session,
    tokenizers,
    panels,
    settings,
    hovers: hoverProvider.questions,
    log,
  });
  const modelChanges = new ModelChanges(questions);
  const api = createApi(questions, modelChanges);
  context.subscriptions.push(
    log,
    settings,
    session,
    graphBuilds,
    panels,
    hoverProvider,
    new HoverRegistration(hoverProvider, settings),
    tokenizers,
    documents,
    bands,
    registerBandCommands(bands, bandServices),
    status,
    surprises,
    splitView,
    sections,
    registerFindNeighbors(panels, settings),
    registerCompareTokens(panels, settings, tokenizers),
    registerShowOnMap(panels, settings),
    registerVerifySimilarity(panels, settings),
    registerOpenSavedNeighbors(panels),
    registerCommand(COMMANDS.newInspector, () => panels.openNew()),
    registerNeighborMenu(panels),
    registerNeighborGraph(graphBuilds, session, log),
    registerCopyTokenIds(ofDocuments),
    registerCopyTokens(ofDocuments),
    registerSelectTokens(documents, ofDocuments),
    registerToggleSurprises(settings),
    registerTokenActions({ session, bands, settings, contributed: commandsOf(context) }),
    keepCommandContexts(session),
    registerGettingStarted(bands, hoverProvider.questions),
    lesson,
    modelChanges,
    registerLanguageModelTools(questions, thisMachine().home),
    registerLoadEmbeddings(session, choice, log),
    registerChooseModel(choice, {
      databases: () => [...databases.named.keys()],
      chooseTable: (name) => chooseTable(databases, choice, name),
      connect: async () => {
        await vscode.commands.executeCommand(COMMANDS.connectDatabase);
      },
      server,
      survey: () =>
        surveyModels(places(), {
          onPassedOver: (line) => log.info(line),
          tensorNamesOf: (model) => settings.tensorNamesToTry((key) => key === choice.settingFor(model)),
        }),
      surveyUsed: () =>
        surveyLocalModels(
          usedModels.paths,
          (path) => settings.tensorNamesToTry((key) => key === path || locator.pathsOf(key).includes(path)),
          async (path, tensorName) => (await vectorFiles()).presentVectors(path, vectors, tensorName),
        ),
      findVectors: async () => {
        const { findVectorFiles, vectorPlaces } = await vectorFiles();
        const folders = workspaceFolders().flatMap(({ path }) => path ?? []);
        return findVectorFiles(
          vectorPlaces(folders, thisMachine()),
          AbortSignal.timeout(SEARCH_MILLISECONDS),
        );
      },
      currentPaths: () => locator.paths,
      has: (model) => locator.has(model),
      createDownloader,
      home: vscode.Uri.file(thisMachine().home),
    }),
    registerConnectDatabase(databases, choice),
    registerSendEmbeddings({ databases, choice, session, tokenizers }),
    registerDownload(choice, locator),
    registerStoredModels(
      { models: storage, indexes, vectors, home: thisMachine().home, remoteName: vscode.env.remoteName },
      approvals,
      session,
      reload,
      vectorFiles,
      hubDownloads,
    ),
    registerSetHubToken(hubToken, consents, tokens),
    registerCommand(COMMANDS.showLog, () => log.show()),
    settings.onDidChange(['model', 'embeddingTensor', 'hubEndpoint', 'databases'], reload),
    settings.onDidChange(['database.search'], () => panels.refresh()),
    settings.onDidChange(['neighborGraph'], () => graphBuilds.noteActivity()),
    settings.onDidChange(['releaseAfterMinutes'], () => {
      session.setIdleMilliseconds(settings.releaseAfterMinutes * 60_000);
    }),
  );
  void openFirstScreen(lesson, context.workspaceState, thisMachine().env).catch((error: unknown) =>
    log.error(error instanceof Error ? error : String(error)),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? {
        ...api,
        session,
        panels,
        hoverProvider,
        tokenizers,
        documents,
        bands,
        status,
        surprises,
        splitView,
        sections,
        storage,
      }
    : api;
}

/** What exports name as the program that made them. */
function versionOf(context: vscode.ExtensionContext): string {
  const { version } = context.extension.packageJSON as { readonly version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}

/** The commands with their keys. What the keyboard is like is not known where it belongs to another machine. */
function commandsOf(context: vscode.ExtensionContext): ReturnType<typeof contributedCommands> {
  const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  const keyboard = isMac() ? 'mac' : 'other';
  return contributedCommands(context.extension.packageJSON, isHere ? keyboard : 'unknown');
}
