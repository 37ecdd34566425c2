import { describe, expect, it } from 'vitest';
import { makeZip } from '../testing/zip-writer.ts';
import { parseFile } from './parsers.ts';

const manifest = (
  items: string,
  resources: string,
) => `<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1">
  <metadata><lom><general><title><string>七年级生物</string></title></general></lom></metadata>
  <organizations><organization identifier="o"><item identifier="root">${items}</item></organization></organizations>
  <resources>${resources}</resources></manifest>`;
const ITEM = (id: string, prompt: string) =>
  `<assessmentItem identifier="${id}" title=""><itemBody><p>${prompt}</p></itemBody></assessmentItem>`;

const FILES = {
  'imsmanifest.xml': manifest(
    `<item identifier="m1"><title>第一单元</title>
       <item identifier="i1" identifierref="R1"><title>叶</title></item>
       <item identifier="i2" identifierref="R2"><title>讨论</title></item></item>
     <item identifier="m2"><title>第二单元</title><item identifier="i3" identifierref="R3"><title>链接</title></item>
       <item identifier="i4" identifierref="R4"><title>小测</title></item>
       <item identifier="i5" identifierref="R5"><title>字幕</title></item>
       <item identifier="i6" identifierref="R6"><title>缺页</title></item></item>`,
    `<resource identifier="R1" type="webcontent" href="pages/leaf.html?x=1"/>
     <resource identifier="R2" type="imsdt_xmlv1p3"><file href="d.xml"/></resource>
     <resource identifier="R3" type="imswl_xmlv1p3"><file href="l.xml"/></resource>
     <resource identifier="R4" type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"><file href="q.xml"/></resource>
     <resource identifier="R5" type="webcontent" href="v.vtt"/>
     <resource identifier="R6" type="webcontent" href="../../etc/none.html"/>
     <resource identifier="R7" type="imsqti_item_xmlv2p1" href="items/1.xml"/>
     <resource identifier="R8" type="imsqti_item_xmlv2p1" href="items/2.xml"/>
     <resource identifier="R9" type="imsqti_test_xmlv2p1" href="test.xml"/>`,
  ),
  'pages/leaf.html':
    '<html><head><title>x</title></head><body><h2>颜色</h2><p>叶是绿色的。</p></body></html>',
  'd.xml': '<topic><title>d</title><text texttype="text/html">&lt;p&gt;为什么&lt;/p&gt;</text></topic>',
  'l.xml': '<webLink><title>l</title><url href="https://example.org/a"/></webLink>',
  'q.xml':
    '<questestinterop><assessment title="q"><section><item ident="1"><presentation><material><mattext>水是什么？</mattext></material></presentation></item></section></assessment></questestinterop>',
  'v.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\n你好',
  'items/1.xml': ITEM('one', '第一问'),
  'items/2.xml': ITEM('two', '第二问'),
  'test.xml':
    '<assessmentTest title="单元测验"><testPart><assessmentSection title="甲"><assessmentItemRef href="items/1.xml"/></assessmentSection></testPart></assessmentTest>',
  'pages/a.png': 'x',
};

describe('a course package', () => {
  it('is a course that lists its parts, and each part under the headings of its unit', async () => {
    const { resources, leftOut } = await parseFile(makeZip(FILES), 'bio.imscc');
    expect(resources.map(({ input, sections }) => [input.id, input.type, input.title, sections])).toEqual([
      [
        'bio.imscc',
        'course',
        '七年级生物',
        [
          { heading: ['第一单元'], text: '- 叶\n- 讨论' },
          { heading: ['第二单元'], text: '- 链接\n- 小测\n- 字幕' },
          { heading: [], text: '- 单元测验' },
        ],
      ],
      ['bio.imscc#R1', undefined, '叶', [{ heading: ['第一单元', '颜色'], text: '叶是绿色的。' }]],
      ['bio.imscc#R2', 'discussion', '讨论', [{ heading: ['第一单元'], text: '为什么' }]],
      ['bio.imscc#R3', 'link', '链接', [{ heading: ['第二单元'], text: '链接\nhttps://example.org/a' }]],
      ['bio.imscc#R4', 'quiz', '小测', [{ heading: ['第二单元', '第 1 题'], text: '水是什么？' }]],
      [
        'bio.imscc#R5',
        'video',
        '字幕',
        [{ heading: ['第二单元'], text: '你好', locator: { kind: 'time', startMs: 1000, endMs: 2000 } }],
      ],
      ['bio.imscc#R9', 'quiz', '单元测验', [{ heading: ['甲', '第 1 题'], text: '第一问' }]],
      [
        'bio.imscc#questions',
        'quiz',
        '七年级生物: 题目 / questions',
        [{ heading: ['第 1 题'], text: '第二问' }],
      ],
    ]);
    expect(leftOut).toEqual([
      { place: 'bio.imscc#R6', reason: 'the package has no file "../../etc/none.html"' },
      { place: 'bio.imscc', reason: expect.stringMatching(/^1 more files \(png\)/) },
    ]);
  });

  it('is recognized by its manifest whatever its ending, also in a folder', async () => {
    const nested = Object.fromEntries(Object.entries(FILES).map(([name, data]) => [`course/${name}`, data]));
    const { resources } = await parseFile(makeZip(nested), 'bio.zip');
    expect(resources.map(({ input }) => input.id).slice(0, 2)).toEqual(['bio.zip', 'bio.zip#R1']);
  });

  it('names parts that cannot be read and goes on', async () => {
    const files = { ...FILES, 'q.xml': '<questestinterop>', 'pages/leaf.html': '' };
    const { resources, leftOut } = await parseFile(makeZip(files), 'bio.imscc');
    expect(resources).toHaveLength(6);
    expect(leftOut.map(({ place }) => place)).toEqual([
      'bio.imscc#R1',
      'bio.imscc#R4',
      'bio.imscc#R6',
      'bio.imscc',
    ]);
  });
});

describe('an archive of files', () => {
  it('has the resources of its files; what is not read is named with the reason', async () => {
    const inner = makeZip({ 'c.txt': 'deep', 'd.zip': makeZip({ 'e.txt': 'deeper' }) });
    const zip = makeZip({
      'a.md': '# 叶\n绿色',
      'week 1/b.srt': '1\n00:00:01,000 --> 00:00:02,000\nhi\n',
      'p.png': Buffer.from('\x89PNG\r\n\x1A\n\0\0', 'latin1'),
      '__MACOSX/a.md': 'x',
      'inner.zip': inner,
      'empty.txt': '',
    });
    const { resources, leftOut } = await parseFile(zip, 'all.zip');
    expect(resources.map(({ input }) => input.id)).toEqual([
      'all.zip/a.md',
      'all.zip/week 1/b.srt',
      'all.zip/inner.zip/c.txt',
    ]);
    expect(leftOut).toEqual([
      {
        place: 'all.zip/p.png',
        reason: 'named .png, it is a picture, which is not read; pictures have no text that can be read',
      },
      { place: 'all.zip/inner.zip/d.zip', reason: 'archives within archives are not opened; pack it flat' },
      { place: 'all.zip/empty.txt', reason: 'the file is empty (0 bytes)' },
    ]);
  });

  it('without any readable file is none', async () => {
    await expect(parseFile(makeZip({ 'a.bin': Buffer.from([0, 1, 2, 3]) }), 'a.zip')).rejects.toThrow(
      'no file in the archive could be read; "a.zip/a.bin": named .bin, it is binary data of an unknown kind',
    );
  });
});

describe('what a file really is', () => {
  const text = async (bytes: string | Buffer, path: string) =>
    (await parseFile(Buffer.from(bytes as string), path)).resources[0]!.sections[0]!.text;

  it('counts, not its ending', async () => {
    expect(await text('WEBVTT\n\n00:01.000 --> 00:02.000\nhi', 'a.txt')).toBe('hi');
    expect(await text('<!DOCTYPE html><p>hi</p>', 'a.doc')).toBe('hi');
    expect(await text(makeZip({ 'a.txt': 'hi' }), 'a.pdf')).toBe('hi');
    expect(await text(Buffer.from('\uFEFF你好', 'utf16le'), 'a.txt')).toBe('你好');
    expect(await text(Buffer.from('c4e3bac3cac0bde7', 'hex'), 'a.txt')).toBe('你好世界');
  });

  it.each([
    [
      'a.docx',
      Buffer.from('D0CF11E0A1B11AE10000', 'hex'),
      /^named \.docx, it is an old Office file .*save it as \.docx/,
    ],
    ['a.pdf', 'just text', /^named \.pdf, it is plain text/],
    ['a.mp4', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), /bring its subtitles/],
    ['a.md', ' \n ', /empty/],
    ['a.zip', makeZip({ a: 'b' }).subarray(0, 40), /not a complete zip archive/],
  ])('%s is named when it cannot be read', async (path, bytes, reason) => {
    await expect(parseFile(Buffer.from(bytes as string), path)).rejects.toMatchObject({
      code: 'unreadable-resource',
      message: expect.stringMatching(reason),
    });
  });
});
