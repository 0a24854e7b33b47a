import assert from 'node:assert/strict';
import {
  formatConnectionAddress,
  parseConnectionAddress,
  serverOf,
} from '../../../src/database/connection/connectionAddress';

describe('the address of a database', () => {
  it('is read in all its parts, with the password apart from it', () => {
    const { address, password } = parseConnectionAddress(
      ' postgresql://ann%40lab:s%2Fecret%3A%21@db.example.com:6543/my%20data?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem\n',
    );
    assert.deepEqual(address, {
      host: 'db.example.com',
      port: 6543,
      user: 'ann@lab',
      database: 'my data',
      sslMode: 'verify-full',
      rootCertificate: '/etc/ca.pem',
    });
    assert.equal(password, 's/ecret:!');
    assert.equal(serverOf(address), 'db.example.com:6543/my data');
  });

  it('has the defaults of libpq', () => {
    assert.deepEqual(parseConnectionAddress('postgres://ann@localhost'), {
      address: { host: 'localhost', port: 5432, user: 'ann', database: 'ann', sslMode: 'prefer' },
    });
  });

  it('may name an IPv6 address, a folder of sockets, and all by parameters', () => {
    assert.equal(parseConnectionAddress('postgres://a@[::1]:99/d').address.host, '::1');
    assert.equal(
      parseConnectionAddress('postgres://a@/d?host=/run/postgresql').address.host,
      '/run/postgresql',
    );
    assert.deepEqual(parseConnectionAddress('postgres:///?host=h&port=1&user=u&password=p&dbname=d'), {
      address: { host: 'h', port: 1, user: 'u', database: 'd', sslMode: 'prefer' },
      password: 'p',
    });
  });

  it('is written so that it is read as the same, without the password', () => {
    for (const text of [
      'postgresql://ann@localhost/ann',
      'postgresql://a%20b%3F@[::1]:99/d%2F%26?sslmode=require&sslrootcert=%2Fa%20b.pem',
      'postgresql://a@/d?host=%2Frun%2Fpostgresql&sslmode=disable',
    ]) {
      const { address } = parseConnectionAddress(text);
      assert.equal(formatConnectionAddress(address), text);
      const secret = text.replace('@', ':hunter2@');
      assert.deepEqual(parseConnectionAddress(secret), { address, password: 'hunter2' });
      assert.equal(formatConnectionAddress(parseConnectionAddress(secret).address), text);
    }
  });

  it('is refused with a reason that repeats nothing of it', () => {
    const refused: readonly [string, RegExp][] = [
      ['', /expected postgresql:/u],
      ['mysql://hunter2@h/d', /expected postgresql:/u],
      ['postgres://u:hunter2@/d', /names no host/u],
      ['postgres://:hunter2@h/d', /names no user/u],
      ['postgres://u:hunter2@h1,h2/d', /several hosts/u],
      ['postgres://u:hunter2@h:0/d', /port/u],
      ['postgres://u:hunter2@h:65536/d', /port/u],
      ['postgres://u:hunter2@h:5x/d', /host and port/u],
      ['postgres://u:hunter2@::1/d', /host and port/u],
      ['postgres://u:hunter2@h/d?sslmode=Verify-Full', /sslmode is none of/u],
      ['postgres://u:hunter2@h/d?sslmode=', /sslmode is none of/u],
      ['postgres://u:hunter2@h/d?sslmode=require&sslmode=disable', /stands there twice/u],
      ['postgres://u:hunter2@h/d?channel_binding=require', /channel_binding is not understood/u],
      ['postgres://u:hunter2@h/d?hunter2=1', /is not understood/u],
      ['postgres://u:hun%ter2@h/d', /percent-encoded/u],
      ['postgres://u:hunter2@h/d%00', /control character/u],
      ['postgres://u:hunter2@h/d%0a', /control character/u],
      ['postgres://u:hunter2 @h/d', /a space or a control character/u],
      ['postgres://u:hunter2@h/d#hunter2', /expected postgresql:/u],
      [`postgres://u:${'hunter2'.repeat(300)}@h/d`, /longer than 2000/u],
    ];
    for (const [text, reason] of refused) {
      assert.throws(
        () => parseConnectionAddress(text),
        (error: Error & { reason?: unknown }) =>
          error.reason === 'address' && reason.test(error.message) && !error.message.includes('hunter2'),
        text,
      );
    }
  });
});
