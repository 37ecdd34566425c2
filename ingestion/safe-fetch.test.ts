import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFetcher, type FetchOptions } from './safe-fetch.ts';
import { startWebServer, type WebServer } from './testing/web-server.ts';
import { bytesOf } from './web/inflate.ts';
import { isPublicAddress } from './web/public-address.ts';

let server: WebServer;
beforeEach(async () => {
  server = await startWebServer();
});
afterEach(() => server.close());

const ANY: FetchOptions = { limit: 10_000, withinMs: 2_000, accepts: () => true };
const local = () => createFetcher({ privateHosts: ['localhost'], delayMs: 0 });
const port = () => new URL(server.origin).port;

async function read(address: string, options: Partial<FetchOptions> = {}, fetcher = local()) {
  const { body } = await fetcher.fetch(new URL(address, server.origin), { ...ANY, ...options });
  return (await bytesOf(body)).toString();
}

const redirect = (location: string) => (_: unknown, response: { writeHead: CallableFunction }) =>
  response.writeHead(302, { location }).end();

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
  ])('takes %s', address => expect(isPublicAddress(address)).toBe(true));
  it.each([
    '127.0.0.1',
    '127.255.1.2',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'x',
  ])('refuses %s', address => expect(isPublicAddress(address)).toBe(false));
});

describe('a fetcher', () => {
  it('reads from a host that the operator vouches for', async () => {
    server.answers['/a'] = 'hello';
    expect(await read('/a')).toBe('hello');
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127。0。0。1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://0:PORT/',
    'http://169.254.169.254/latest/meta-data/',
  ])('does not connect to %s', async address => {
    server.answers['/'] = 'secret';
    const fetching = read(
      address.replace('PORT', port()),
      {},
      createFetcher({ privateHosts: [], delayMs: 0 }),
    );
    // Some systems do not know "localhost." at all.
    await expect(fetching).rejects.toThrow(/is not on the public internet|ENOTFOUND/);
    expect(server.asked).toEqual([]);
  });

  it('refuses other protocols and passwords', async () => {
    await expect(read('file:///etc/passwd')).rejects.toThrow('use http or https');
    await expect(read(`http://a:b@localhost:${port()}/`)).rejects.toThrow('must not hold a user name');
  });

  it('connects to the address that it checked, whatever the name says the next time', async () => {
    const answers = ['8.8.8.8', '127.0.0.1'];
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return [{ address: answers[asked.length - 1]!, family: 4 }];
    };
    const fetcher = createFetcher({ privateHosts: [], delayMs: 0, resolve });
    server.answers['/'] = 'secret';
    const address = `http://rebound.example:${port()}/`;
    // 8.8.8.8 does not answer on that port: what counts is that nothing else is connected to.
    await expect(read(address, { withinMs: 300 }, fetcher)).rejects.toThrow(
      /takes too long|cannot be reached/,
    );
    await expect(read(address, {}, fetcher)).rejects.toThrow('rebound.example is not on the public internet');
    expect(server.asked).toEqual([]);
  });

  it('refuses a name of which one address is private', async () => {
    const resolve = async () => ['8.8.8.8', '10.0.0.1'].map(address => ({ address, family: 4 }));
    const fetcher = createFetcher({ privateHosts: [], delayMs: 0, resolve });
    await expect(read('http://mixed.example/', {}, fetcher)).rejects.toThrow('not on the public internet');
  });

  it('checks every redirect and follows five', async () => {
    server.answers['/meta'] = redirect('http://169.254.169.254/latest/');
    await expect(read('/meta')).rejects.toThrow('169.254.169.254 is not on the public internet');
    server.answers['/loop'] = redirect('/loop');
    await expect(read('/loop')).rejects.toThrow('more than 5 times');
    expect(server.asked.filter(path => path === '/loop')).toHaveLength(6);
    server.answers['/on'] = redirect('/a');
    server.answers['/a'] = 'there';
    expect(await read('/on')).toBe('there');
  });

  it('lets no stranger lead to a host that is vouched for', async () => {
    server.answers['/on'] = redirect(`http://inside.example:${port()}/`);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const fetcher = createFetcher({ privateHosts: ['localhost', 'inside.example'], delayMs: 0, resolve });
    await expect(read('/on', {}, fetcher)).rejects.toThrow('inside.example is not on the public internet');
  });

  it('ends what is too large, also when only unpacking makes it so', async () => {
    server.answers['/large'] = 'x'.repeat(20_000);
    await expect(read('/large')).rejects.toThrow('larger than 10000 bytes');
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    server.answers['/bomb'] = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    await expect(read('/bomb', { limit: 100_000 })).rejects.toThrow('larger than 100000 bytes');
    server.answers['/odd'] = (_, response) => response.writeHead(200, { 'content-encoding': 'zzz' }).end();
    await expect(read('/odd')).rejects.toThrow('encoding "zzz" is not known');
  });

  it('ends what takes too long: no answer, or a byte from time to time', async () => {
    server.answers['/silent'] = () => undefined;
    await expect(read('/silent', { withinMs: 200 })).rejects.toThrow('takes too long');
    server.answers['/slow'] = (_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    };
    await expect(read('/slow', { withinMs: 200 })).rejects.toThrow('takes too long');
  });

  it('tells what breaks off, is of another type or refused', async () => {
    server.answers['/short'] = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('x');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(read('/short')).rejects.toThrow('breaks off');
    server.answers['/video'] = (_, response) =>
      response.writeHead(200, { 'content-type': 'video/mp4' }).end();
    await expect(read('/video', { accepts: type => type === 'text/html' })).rejects.toThrow(
      'it is video/mp4',
    );
    await expect(read('/none')).rejects.toMatchObject({ details: { status: 404 } });
  });

  it('waits as it is told and then asks again', async () => {
    let tries = 0;
    server.answers['/busy'] = (_, response) => {
      if (tries++ === 0) response.writeHead(503, { 'retry-after': '1' }).end();
      else response.end('now');
    };
    const started = performance.now();
    expect(await read('/busy')).toBe('now');
    expect(performance.now() - started).toBeGreaterThan(950);
    server.answers['/later'] = (_, response) => response.writeHead(429, { 'retry-after': '9999' }).end();
    await expect(read('/later')).rejects.toThrow('asked again in 9999 s');
  });

  it('leaves time between two requests to a host', async () => {
    server.answers['/a'] = 'x';
    const fetcher = createFetcher({ privateHosts: ['localhost'], delayMs: 150 });
    const started = performance.now();
    await Promise.all([read('/a', {}, fetcher), read('/a', {}, fetcher), read('/a', {}, fetcher)]);
    expect(performance.now() - started).toBeGreaterThan(290);
  });
});
