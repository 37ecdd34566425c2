import { describe, expect, it } from 'vitest';
import { makeZip } from '../testing/zip-writer.ts';
import { readArchive } from './archive.ts';

const read = async (bytes: Buffer, name: string) => (await (await readArchive(bytes)).read(name)).toString();

describe('readArchive', () => {
  it('reads files by their names and leaves out folders', async () => {
    const archive = await readArchive(
      makeZip({ 'unit 1/': '', 'unit 1/a.txt': 'fractions', '分数.md': '一半' }),
    );
    expect(archive.names).toEqual(['unit 1/a.txt', '分数.md']);
    expect(archive.has('unit 1/')).toBe(false);
    expect(`${await archive.read('分数.md')}`).toBe('一半');
  });

  it('reads names of Chinese Windows, of UTF-8 that does not say so, and with backslashes', async () => {
    const gbk = Buffer.from([0xb7, 0xd6, 0xca, 0xfd, 0x2e, 0x6d, 0x64]);
    const entries = [gbk, Buffer.from('第一课.md'), Buffer.from('a\\b.md')].map(name => ({
      name,
      data: 'x',
    }));
    expect((await readArchive(makeZip(entries))).names).toEqual(['分数.md', '第一课.md', 'a/b.md']);
  });

  it.each([
    ['../../etc/passwd', /leads out of it/],
    ['/etc/passwd', /leads out of it/],
    ['C:\\evil.txt', /leads out of it/],
    ['a\\..\\..\\b', /leads out of it/],
  ])('refuses the name %s', async (name, reason) => {
    await expect(readArchive(makeZip({ [name]: 'x' }))).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(reason),
    });
  });

  it.each([
    ['links', [{ name: 'a', data: '/etc/passwd', externalAttributes: (0o120777 << 16) >>> 0 }], /is a link/],
    ['encrypted files', [{ name: 'a', data: 'x', flags: 1 }], /protected by a password/],
    ['strongly encrypted files', [{ name: 'a', data: 'x', flags: 0x41 }], /protected by a password/],
    ['twins', ['a', 'a'].map(name => ({ name, data: 'x' })), /two files of the name "a"/],
    [
      'overlaps',
      [
        { name: 'a', data: 'x' },
        { name: 'b', data: 'x', overlapsFirst: true },
      ],
      /overlap/,
    ],
    ['crowds', Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, data: '' })), /more than 10000/],
  ])('refuses %s', async (_what, entries, reason) => {
    await expect(readArchive(makeZip(entries))).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(reason),
    });
  });

  it.each([0, 1, 30, 60])('refuses an archive of which %i percent are there', async percent => {
    const whole = makeZip({ 'a.txt': 'fractions'.repeat(1000) });
    await expect(readArchive(whole.subarray(0, (whole.length * percent) / 100))).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(/not a complete zip archive/),
    });
  });

  it('refuses a bomb, whether its headers admit it or not', async () => {
    const zeros = Buffer.alloc(20 << 20);
    await expect(read(makeZip({ a: zeros }), 'a')).rejects.toThrow(/more than 100 times its size/);
    const liar = makeZip([{ name: 'a', data: zeros, claimedSize: 1000 }]);
    await expect(read(liar, 'a')).rejects.toThrow(/damaged/);
    const boaster = makeZip([{ name: 'a', data: 'x', claimedSize: 1000 }]);
    await expect(read(boaster, 'a')).rejects.toThrow(/damaged/);
  });

  it('counts what several files unpack to', async () => {
    const line = `${'0123456789abcdef'.repeat(8)}\n`;
    const part = Buffer.from(line.repeat((7 << 20) / line.length));
    const names = Array.from({ length: 30 }, (_, i) => `${i}`);
    const archive = await readArchive(makeZip(names.map(name => ({ name, data: part }))));
    const readAll = async () => {
      for (const name of names) await archive.read(name);
    };
    await expect(readAll()).rejects.toThrow(/more than 200 MB/);
    await expect(archive.read('0', 1 << 20)).rejects.toThrow(/"0" unpacks to more than 1 MB/);
  });

  it('refuses a file with a changed byte', async () => {
    const bytes = makeZip({ 'a.txt': 'fractions and decimals' });
    bytes[40]! ^= 0x10;
    await expect(read(bytes, 'a.txt')).rejects.toThrow(/damaged/);
  });

  it('says which file is missing', async () => {
    await expect(read(makeZip({ a: 'x' }), 'b')).rejects.toThrow('the archive has no file "b"');
  });
});
