// Entry of a bundle of its own: downloads from the hub and what they have left, loaded when a model is not on this machine.
// All that takes the lock of a download is in here: a process knows its own locks by a table, of which there must not be two.
export { HubDownloader } from './model/hub/hubDownloader';
export { deleteStoredModel, listStoredModels } from './model/hub/storedModels';
