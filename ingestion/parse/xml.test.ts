import { describe, expect, it } from 'vitest';
import { childElements, decodeXml, descend, descendants, eachXmlElement, parseXml, xmlText } from './xml.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

describe('parseXml', () => {
  it('keeps the order of elements and text, with entities and CDATA read', () => {
    const root = parseXml('<?xml version="1.0"?><a>x &lt; <b c="1&amp;2"/>&#20998;<![CDATA[<d>]]></a>');
    expect(root).toMatchObject({ name: 'a', children: ['x < ', { name: 'b', children: [] }, '分<d>'] });
    expect({ ...childElements(root)[0]!.attributes }).toEqual({ c: '1&2' });
    expect(xmlText(root)).toBe('x < 分<d>');
  });

  it('names elements by their namespace, whatever prefix the file chose', () => {
    const own = parseXml(`<w:p xmlns:w="${W}" w:id="1" id="2"/>`, { [W]: 'word' });
    const other = parseXml(`<p xmlns="${W}" xmlns:q="${W}" q:id="1" id="2"/>`, { [W]: 'word' });
    for (const element of [own, other]) {
      expect(element.name).toBe('word:p');
      expect({ ...element.attributes }).toEqual({ 'word:id': '1', id: '2' });
    }
    const plain = parseXml(`<w:p xmlns:w="${W}" w:id="1" id="2"/>`);
    expect([plain.name, { ...plain.attributes }]).toEqual(['p', { id: '2' }]);
  });

  it('finds its way down', () => {
    const root = parseXml('<a><b/><b><c>1</c></b><d><c>2</c></d></a>');
    expect(xmlText(descend(root, 'd', 'c'))).toBe('2');
    expect(descend(root, 'b', 'c')).toBeUndefined();
    expect([...descendants(root, 'c')].map(xmlText)).toEqual(['1', '2']);
    expect(childElements(root, 'b')).toHaveLength(2);
  });

  it.each([
    ['entities', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', /entities of its own/],
    [
      'a billion laughs',
      '<!DOCTYPE a [\n<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>',
      /entities of its own/,
    ],
    ['deep nesting', `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`, /more than 200 deep/],
    ['a cut', '<a><b>text</b><b>te', /cut off/],
    ['a cut tag', '<a><b>text</b', /cut off/],
    ['a crowd', `<a>${'<b/>'.repeat(250_001)}</a>`, /more than 250000 elements/],
    ['no XML', 'PK', /not XML/],
    ['nothing', '', /not XML/],
  ])('refuses %s', (_what, source, reason) => {
    expect(() => parseXml(source)).toThrow(reason);
  });

  it('does not mind the document type of a web page', () => {
    const page = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/x.dtd"><html/>';
    expect(parseXml(page).name).toBe('html');
  });

  it('takes no harm from names of object properties', () => {
    const { attributes } = parseXml('<a __proto__="x" constructor="y"/>');
    expect(attributes.toString).toBeUndefined();
    expect(attributes.constructor).toBe('y');
  });
});

describe('eachXmlElement', () => {
  it('hands on the outermost elements of the names, however many there are', () => {
    const seen: string[] = [];
    const source = `<a><skip><row>1<row>2</row></row></skip>${'<row/>'.repeat(300_000)}<cell>3</cell></a>`;
    eachXmlElement(source, {}, ['row', 'cell'], element => seen.push(xmlText(element)));
    expect(seen).toHaveLength(300_002);
    expect([seen[0], seen.at(-1)]).toEqual(['12', '3']);
  });
});

describe('decodeXml', () => {
  it('heeds byte order mark and declaration', () => {
    expect(decodeXml(Buffer.from('\uFEFF<a>分</a>', 'utf16le'))).toBe('<a>分</a>');
    expect(decodeXml(Buffer.from('<a>分</a>'))).toBe('<a>分</a>');
    const gbk = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GBK"?><a>'),
      Buffer.from([0xb7, 0xd6]),
    ]);
    expect(decodeXml(gbk)).toMatch(/分$/);
    expect(() => decodeXml(Buffer.from([0x3c, 0xff, 0xfe]))).toThrow(/not valid UTF-8/);
    expect(() => decodeXml(Buffer.from('<?xml version="1.0" encoding="x-klingon"?><a/>'))).toThrow(
      /x-klingon/,
    );
  });
});
