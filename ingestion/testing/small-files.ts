import { makeDocx, makePptx, makeXlsx, sheetRows } from './office-files.ts';
import { makePdf } from './pdf-writer.ts';
import { makeZip } from './zip-writer.ts';

/** A format that ingestion reads, and a small valid file of it. */
export interface SmallFormat {
  ending: string;
  kind: 'pdf' | 'package' | 'text';
  /** A file that says `text`, which stands in it as it is: XML in a package or page. */
  make(text: string): Buffer;
  /** Of a package: the part with the text, and `xml` in the root element of such a part. */
  main: string;
  wrap(xml: string): string;
  /** The text as it stands in there. */
  run(text: string): string;
}

const page = (body: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Light</title></head><body>${body}</body></html>`;
const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
const shape = (text: string) => `<p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
const asIs = (xml: string) => xml;

function makeBook(text: string): Buffer {
  return makeZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
    'book.opf': `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <metadata><dc:title>Light</dc:title></metadata>
      <manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
      <spine><itemref idref="a"/></spine></package>`,
    'a.xhtml': page(`<p>${text}</p>`),
  });
}

const text = (ending: string, make: (text: string) => string): SmallFormat => ({
  ending,
  kind: 'text',
  make: said => Buffer.from(make(said)),
  main: '',
  wrap: asIs,
  run: asIs,
});
const packed = (
  ending: string,
  main: string,
  make: SmallFormat['make'],
  { wrap, run }: Pick<SmallFormat, 'wrap' | 'run'> = { wrap: page, run: said => `<p>${said}</p>` },
): SmallFormat => ({ ending, kind: 'package', make, main, wrap, run });

export const SMALL_FORMATS: SmallFormat[] = [
  {
    ending: 'pdf',
    kind: 'pdf',
    make: said => makePdf([[{ text: said, y: 100 }]]),
    main: '',
    wrap: asIs,
    run: asIs,
  },
  packed('docx', 'word/document.xml', said => makeDocx(`<w:p><w:r><w:t>${said}</w:t></w:r></w:p>`), {
    wrap: xml => `<w:document ${NAMESPACES}><w:body>${xml}</w:body></w:document>`,
    run: said => `<w:p><w:r><w:t>${said}</w:t></w:r></w:p>`,
  }),
  packed('pptx', 'ppt/slides/slide1.xml', said => makePptx([{ shapes: shape(said) }]), {
    wrap: xml =>
      `<p:sld ${NAMESPACES}><p:cSld><p:spTree><p:sp><p:txBody>${xml}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    run: said => `<a:p><a:r><a:t>${said}</a:t></a:r></a:p>`,
  }),
  packed(
    'xlsx',
    'xl/sheets/0.xml',
    said => makeXlsx([{ name: 'Words', xml: sheetRows([['word'], [said]]) }]),
    {
      wrap: xml =>
        `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${xml}</sheetData></worksheet>`,
      run: said => `<row><c t="inlineStr"><is><t>${said}</t></is></c></row>`,
    },
  ),
  text('csv', said => `word,meaning\nlight,${said}\n`),
  text('html', said => page(`<p>${said}</p>`)),
  text('md', said => `# Light\n\n${said}\n`),
  text('txt', said => `Light\n\n${said}\n`),
  packed('epub', 'a.xhtml', makeBook),
  packed('zip', 'lesson.html', said => makeZip({ 'lesson.html': page(`<p>${said}</p>`) })),
];

/** An element of a package's main part that counts as little as one can. */
export const TINY: Record<string, string> = {
  docx: '<w:p/>',
  pptx: '<a:p/>',
  xlsx: '<c/>',
  epub: '<p/>',
  zip: '<p/>',
};
