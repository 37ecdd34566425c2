import { describe, expect, it } from 'vitest';
import { makeZip } from '../testing/zip-writer.ts';
import { parseEpub } from './epub.ts';

const CONTAINER =
  '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>';
const page = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
const book = (over: Record<string, string> = {}) => ({
  mimetype: 'application/epub+zip',
  'META-INF/container.xml': CONTAINER,
  'OEBPS/book.opf': `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <metadata><dc:title>植物学入门</dc:title><dc:creator>王</dc:creator><dc:creator>李</dc:creator>
      <dc:language>zh-CN</dc:language><dc:description>&lt;p&gt;给初学者&lt;/p&gt;</dc:description></metadata>
    <manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
      <item id="a" href="text/%E4%B8%80.xhtml" media-type="application/xhtml+xml"/>
      <item id="b" href="text/2.xhtml" media-type="application/xhtml+xml"/>
      <item id="c" href="text/3.xhtml" media-type="application/xhtml+xml"/></manifest>
    <spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine></package>`,
  'OEBPS/nav.xhtml': page(
    '<nav epub:type="toc" xmlns:epub="x"><a href="text/2.xhtml">第一章 叶</a><a href="text/一.xhtml#x">第二章 根</a></nav>',
  ),
  'OEBPS/text/2.xhtml': page('<h1>第一章 叶</h1><h2>颜色</h2><p><a id="p1"/>叶是绿色的。</p>'),
  'OEBPS/text/一.xhtml': page('<p>根吸收水&nbsp;分。</p>'),
  ...over,
});
const parse = (over?: Record<string, string>) => parseEpub(makeZip(book(over)), 'books/植物.epub');

describe('an e-book', () => {
  it('has its chapters in the order of the spine, with titles from its contents where pages have none', async () => {
    const { resources, leftOut } = await parse();
    expect(resources[0]!.input).toMatchObject({
      id: 'books/植物.epub',
      title: '植物学入门',
      authors: '王, 李',
      language: 'zh-CN',
      description: '给初学者',
      type: 'book',
    });
    expect(resources[0]!.sections).toEqual([
      { heading: ['第一章 叶', '颜色'], text: '叶是绿色的。' },
      { heading: ['第二章 根'], text: '根吸收水 分。' },
    ]);
    expect(leftOut).toEqual([
      { place: 'books/植物.epub#OEBPS/text/3.xhtml', reason: 'the book names it but does not contain it' },
    ]);
  });

  it('with protected pages says so, with disguised fonts is read', async () => {
    const encryption = (uri: string) => ({
      'META-INF/encryption.xml': `<encryption><EncryptedData><CipherData><CipherReference URI="${uri}"/></CipherData></EncryptedData></encryption>`,
    });
    await expect(parse(encryption('OEBPS/text/2.xhtml'))).rejects.toThrow('protected (DRM)');
    expect((await parse(encryption('OEBPS/fonts/a.otf'))).resources).toHaveLength(1);
  });

  it.each([
    [
      'entities',
      { 'OEBPS/book.opf': '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><package>&x;</package>' },
    ],
    ['no package', { 'META-INF/container.xml': '<container><rootfile full-path="../x.opf"/></container>' }],
    ['no text', { 'OEBPS/text/2.xhtml': page(''), 'OEBPS/text/一.xhtml': page('<img src="a.png"/>') }],
    ['deep nesting', { 'OEBPS/text/2.xhtml': page('<div>'.repeat(20_000)) }],
  ])('with %s ends in a reason', async (_, over) => {
    await expect(parse(over as unknown as Record<string, string>)).rejects.toMatchObject({
      code: 'unreadable-resource',
    });
  });
});
