import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningInputs, runInputs } from './testing/running-inputs.ts';

let running: RunningInputs;
let address: string;
beforeAll(async () => {
  running = await runInputs();
  address = `oai+${running.server.origin}/oai?set=math`;
}, 60_000);
afterAll(() => running.close());

type Query = Record<string, string>;
let listed: Query[];
let deletedRecord: string;
let list: (query: Query) => string;

beforeEach(async () => {
  await running.db.query(
    'delete from ingestion_run; delete from source; delete from resource; delete from audit',
  );
  listed = [];
  deletedRecord = 'persistent';
  running.server.answers['/oai'] = (request, response) => {
    const query = Object.fromEntries(new URL(request.url!, running.server.origin).searchParams);
    const identity = `<Identify><deletedRecord>${deletedRecord}</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>`;
    if (query.verb === 'ListRecords') listed.push(query);
    const answer = query.verb === 'Identify' ? identity : list(query);
    if (answer === 'break off') {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 9_999 }).write('<OAI-PMH>');
      setTimeout(() => response.destroy(), 30);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-0${listed.length || 1}-01T00:00:00Z</responseDate>${answer}</OAI-PMH>`,
    );
  };
});

const record = (
  id: string,
  inner = `<dc:title>Title ${id}</dc:title><dc:description>About ${id}.</dc:description>`,
) =>
  `<record><header><identifier>${id}</identifier><datestamp>2026-01-01</datestamp></header><metadata>
   <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${inner}</oai_dc:dc></metadata></record>`;
const deleted = (id: string) =>
  `<record><header status="deleted"><identifier>${id}</identifier></header></record>`;
const records = (items: string[], token?: string) =>
  `<ListRecords>${items.join('')}${token === undefined ? '' : `<resumptionToken>${token}</resumptionToken>`}</ListRecords>`;
const error = (code: string) => `<error code="${code}">x</error>`;
const rowsOf = async () =>
  (await running.db.query('select id, xmin::text, updated_at from resource order by id')).rows;

describe('a repository', () => {
  it('is harvested page by page, and its fields have their places', async () => {
    const fields = `<dc:title>分数</dc:title><dc:creator>Li</dc:creator><dc:creator>Wang</dc:creator><dc:description>分数的意义。</dc:description>
      <dc:subject>mathematics</dc:subject><dc:language>zho</dc:language><dc:type>lesson</dc:type><dc:publisher>School</dc:publisher>
      <dc:identifier>007</dc:identifier><dc:identifier>https://x.example/1</dc:identifier><dc:rights>free</dc:rights><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>`;
    list = ({ resumptionToken }) =>
      resumptionToken
        ? records([record('2'), record('3')], '')
        : records([record('007', fields), record('2')], 'p 2&amp;x');
    expect(await running.ingest(address)).toMatchObject({ added: 3, failed: 0 });
    expect(listed).toEqual([
      { verb: 'ListRecords', metadataPrefix: 'oai_dc', set: 'math' },
      { verb: 'ListRecords', resumptionToken: 'p 2&x' },
    ]);
    const { rows } = await running.db.query(
      `select resource_id as id, title, description, language, subject, type, provider, url, licence, authors
       from resource_version where resource_id = '007'`,
    );
    expect(rows).toEqual([
      {
        id: '007',
        title: '分数',
        description: '分数的意义。',
        language: 'zh',
        subject: 'mathematics',
        type: 'lesson',
        provider: 'School',
        url: 'https://x.example/1',
        licence: 'https://creativecommons.org/licenses/by/4.0/',
        authors: 'Li, Wang',
      },
    ]);
  });

  it('is asked for what has changed since the last complete harvest, and loses what it says is deleted', async () => {
    list = () => records(['1', '2', '3', '4'].map(id => record(id)));
    await running.ingest(address, 'careful');
    const before = await rowsOf();
    list = () => error('noRecordsMatch');
    expect(await running.ingest(address, 'careful')).toMatchObject({ added: 0, listing: { withdrawn: 0 } });
    expect(listed.at(-1)).toMatchObject({ from: '2026-01-01T00:00:00Z', set: 'math' });
    expect(await rowsOf()).toEqual(before);
    list = () => records([record('1'), deleted('3'), deleted('never seen')]);
    // Without --sync it is only remembered.
    expect(await running.ingest(address)).toMatchObject({
      unchanged: 1,
      listing: { withdrawn: 0, missing: 1 },
    });
    expect(listed.at(-1)).toMatchObject({ from: '2026-02-01T00:00:00Z' });
    list = () => error('noRecordsMatch');
    expect(await running.ingest(address, 'careful')).toMatchObject({ listing: { withdrawn: 1 } });
    expect(await running.live()).toEqual(['1', '2', '4']);
    // It comes back.
    list = () => records([record('3')]);
    expect(await running.ingest(address, 'careful')).toMatchObject({ listing: { restored: 1 } });
  });

  it('that does not keep deletions in mind is listed as a whole to be kept in step', async () => {
    deletedRecord = 'no';
    list = () => records(['1', '2', '3', '4'].map(id => record(id)));
    await running.ingest(address, 'careful');
    list = () => records(['1', '2', '3'].map(id => record(id)));
    expect(await running.ingest(address, 'careful')).toMatchObject({
      unchanged: 3,
      listing: { withdrawn: 1 },
    });
    expect(listed.at(-1)).not.toHaveProperty('from');
    await running.ingest(address);
    expect(listed.at(-1)).toHaveProperty('from');
  });

  it('that breaks off in the middle withdraws nothing and is harvested from the same point again', async () => {
    deletedRecord = 'no';
    list = () => records(['1', '2', '3', '4'].map(id => record(id)));
    await running.ingest(address, 'careful');
    const ways = ['break off', error('badArgument'), records([record('2')], 'p2'), '<nonsense/>'];
    for (const way of ways) {
      list = ({ resumptionToken }) => (resumptionToken ? way : records([record('1')], 'p2'));
      await expect(running.ingest(address, 'all')).rejects.toThrow('The repository cannot be harvested');
    }
    expect(await running.live()).toHaveLength(4);
    const { rows } = await running.db.query('select mark from source');
    expect(rows).toEqual([{ mark: '2026-01-01T00:00:00Z' }]);
  });

  it('that forgets its token is listed from the beginning again, but not for ever', async () => {
    let forgets = 1;
    list = ({ resumptionToken }) => {
      if (!resumptionToken) return records([record('1'), record('2')], 'p2');
      return forgets-- > 0 ? error('badResumptionToken') : records([record('3')]);
    };
    expect(await running.ingest(address)).toMatchObject({ added: 3, failed: 0 });
    forgets = 99;
    await expect(running.ingest(address)).rejects.toThrow('badResumptionToken');
  });

  it('names a record that is none and takes the others', async () => {
    list = () => records([record('1', '<dc:description>No title</dc:description>'), record('2')]);
    expect(await running.ingest(address)).toMatchObject({ added: 1, failed: 1 });
  });

  it('is read in LOM and in schema.org as well', async () => {
    const lom = `<record><header><identifier>lom</identifier></header><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM">
      <general><title><string language="en">Angles</string></title><language>en</language><description><string>About angles.</string></description></general>
      <lifeCycle><contribute><role><value>author</value></role><entity>BEGIN:VCARD\nFN:Ada Li\nEND:VCARD</entity></contribute></lifeCycle>
      <technical><location>https://x.example/lom</location></technical>
      <educational><learningResourceType><value>exercise</value></learningResourceType><context><value>higher education</value></context></educational></lom></metadata></record>`;
    const sdo = `<record><header><identifier>sdo</identifier></header><metadata><Course xmlns="http://schema.org/"><name>Atoms</name>
      <description>About atoms.</description><author><name>Bo</name></author><author><name>Cy</name></author><inLanguage>en</inLanguage></Course></metadata></record>`;
    list = () => records([lom, sdo]);
    expect(await running.ingest(address)).toMatchObject({ added: 2, failed: 0 });
    const { rows } = await running.db.query(
      'select resource_id as id, title, type, stage, url, authors from resource_version order by 1',
    );
    expect(rows).toEqual([
      {
        id: 'lom',
        title: 'Angles',
        type: 'exercise',
        stage: 'higher',
        url: 'https://x.example/lom',
        authors: 'Ada Li',
      },
      { id: 'sdo', title: 'Atoms', type: 'course', stage: null, url: null, authors: 'Bo, Cy' },
    ]);
  });
});
