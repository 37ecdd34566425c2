import { expect, test } from 'vitest';
import { FILE_FORMATS } from '../../library/file-formats.ts';
import { parseFile, READ_ENDINGS } from './parsers.ts';

test('every format that people are offered has a reader, and every reader is offered', () => {
  expect(READ_ENDINGS.map(ending => `.${ending}`).sort()).toEqual(Object.keys(FILE_FORMATS).sort());
});

test('a catalogue of comma-separated rows is read by its ending', async () => {
  const { resources } = await parseFile(Buffer.from('编号,标题,正文\nk1,潮汐,海水的涨落。'), 'a.csv');
  expect(resources[0]!.input).toMatchObject({ id: 'k1', title: '潮汐' });
});
