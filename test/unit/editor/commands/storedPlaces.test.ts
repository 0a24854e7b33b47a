import assert from 'node:assert/strict';
import { machineText, placeText } from '../../../../src/editor/commands/storedPlaces';

describe('Where files are stored', () => {
  it('is told below the home folder by ~, and by the whole path elsewhere', () => {
    assert.equal(placeText('/home/ann/.config/Code/models', '/home/ann'), '~/.config/Code/models');
    assert.equal(
      placeText('C:\\Users\\ann\\AppData\\Local\\Code\\models', 'C:\\Users\\ann'),
      '~\\AppData\\Local\\Code\\models',
    );
    assert.equal(placeText('/home/anna/models', '/home/ann'), '/home/anna/models');
    assert.equal(placeText('/data/models', '/home/ann'), '/data/models');
  });

  it('is told to be another machine where it is one', () => {
    assert.equal(machineText(undefined), '');
    assert.match(machineText('ssh-remote'), /Remote Machine \(ssh-remote\)/);
  });
});
