import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MalformedFile, makeMalformedFiles } from '../ingestion/testing/malformed-files.ts';
import { SMALL_FORMATS } from '../ingestion/testing/small-files.ts';
import { startApp } from '../server/testing/running-app.ts';
import { expectInvariants } from './invariants.ts';

const LIMIT_MS = 90_000;
const FINAL = ['added', 'updated', 'unchanged', 'unpacked', 'failed', 'left-out'];
/** What speaks of the inside of a program instead of the file. */
const INSIDE =
  /undefined|null|Error\b|ENOENT|stack size|is not a function|\[object|node_modules|\/tmp|\p{Cc}/u;

interface Item {
  place: string;
  state: string;
  reason: string | null;
}
interface Upload {
  label: string;
  files: MalformedFile[];
  type: string;
  payload: Buffer;
}

const running = startApp();
const faults: unknown[] = [];
const note = (error: unknown) => void faults.push(error);
let calls = 0;
const outside = createServer(socket => {
  calls += 1;
  socket.destroy();
});
let uploads: Upload[];

beforeAll(async () => {
  process.on('unhandledRejection', note);
  await new Promise<void>(resolve => outside.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/secret`;
  const malformed = await makeMalformedFiles(url);
  const valid = SMALL_FORMATS.map(({ ending, make }): MalformedFile => {
    return {
      format: ending,
      mutation: 'valid',
      name: `valid.${ending}`,
      bytes: make('Roots take up water.'),
    };
  });
  const mutations = [...new Set(malformed.map(({ mutation }) => mutation))];
  uploads = [
    ...mutations.map(mutation =>
      encode(
        mutation,
        malformed.filter(file => file.mutation === mutation),
      ),
    ),
    encode('valid', valid),
  ];
  expect(malformed).toHaveLength(300);
  await running.signUp('wang', 'teacher');
}, LIMIT_MS);
afterAll(() => {
  process.off('unhandledRejection', note);
  outside.close();
});

/** As a browser sends them. */
function encode(label: string, files: MalformedFile[]): Upload {
  const boundary = 'between-two-files';
  const parts = files.flatMap(({ bytes, name, format }) => {
    const escaped = `${format}-${name}`
      .replaceAll('"', '%22')
      .replaceAll('\r', '%0D')
      .replaceAll('\n', '%0A');
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${escaped}"`;
    return [
      Buffer.from(`${head}\r\ncontent-type: application/octet-stream\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ];
  });
  const payload = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { label, files, type: `multipart/form-data; boundary=${boundary}`, payload };
}

/** Where a name that leads out of an archive could have led to, from the store or from where this process runs. */
const escaped = async () => {
  const folders = [process.cwd(), dirname(process.cwd()), running.dataDir, dirname(running.dataDir), '/'];
  const names = await Promise.all(folders.map(folder => readdir(folder)));
  return names.flat().filter(name => name.includes('zhujiao-escaped'));
};

it(
  'ends every one of 300 malformed files in a state with a reason, and takes in the valid ones',
  async () => {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const started = performance.now();
    const outcomes: { file: MalformedFile; item: Item }[] = [];
    const runs: [Upload, string][] = [];
    for (const upload of uploads) {
      const sent = await running.call('POST', '/api/uploads', 'wang', upload.payload, {
        'content-type': upload.type,
      });
      expect(sent.statusCode, sent.body.slice(0, 500)).toBe(202);
      runs.push([upload, sent.json().runId]);
    }
    let slowest = 0;
    for (const [upload, runId] of runs) {
      for (;;) {
        const asked = performance.now();
        expect((await running.call('GET', '/health/live')).statusCode).toBe(200);
        slowest = Math.max(slowest, performance.now() - asked);
        const { state, items } = (await running.call('GET', `/api/uploads/${runId}`, 'wang')).json();
        if (state === 'done') {
          const wholes = (items as Item[]).filter(({ place }) => !place.includes('#'));
          expect(wholes, upload.label).toHaveLength(upload.files.length);
          for (const [i, item] of wholes.entries()) outcomes.push({ file: upload.files[i]!, item });
          break;
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    }
    delay.disable();
    print(outcomes, {
      seconds: (performance.now() - started) / 1000,
      'p99 of the event loop delay in ms': delay.percentile(99) / 1e6,
      'slowest health in ms': slowest,
    });

    for (const { file, item } of outcomes) {
      const what = `${file.mutation} ${file.format}: ${item.state}, ${item.reason}`;
      expect(FINAL, what).toContain(item.state);
      if (item.state !== 'failed') continue;
      expect(item.reason!.length, what).toBeGreaterThan(10);
      expect(item.reason, what).not.toMatch(INSIDE);
    }
    const valid = outcomes.filter(({ file }) => file.mutation === 'valid');
    expect(
      valid.map(({ item }) => item.state).filter(state => !['added', 'unpacked'].includes(state)),
    ).toEqual([]);
    expect(faults).toEqual([]);
    expect(calls).toBe(0);
    expect(await escaped()).toEqual([]);
    const kept = (await readdir(join(running.dataDir, 'files'), { recursive: true })).map(path =>
      basename(path),
    );
    expect(kept.filter(name => !/^(?:[0-9a-f]{2}|[0-9a-f]{64})$/.test(name))).toEqual([]);
    await expectInvariants(running.product.deps.database.db, { atRest: false });
    expect(delay.percentile(99) / 1e6).toBeLessThan(100);
  },
  LIMIT_MS,
);

/** The outcomes by format and one by one; for people (PRINT_OUTCOMES=1). */
function print(outcomes: { file: MalformedFile; item: Item }[], numbers: Record<string, number>): void {
  if (!process.env.PRINT_OUTCOMES) return;
  const table: Record<string, Record<string, number>> = {};
  for (const { file, item } of outcomes) {
    table[file.format] ??= {};
    table[file.format]![item.state] = (table[file.format]![item.state] ?? 0) + 1;
    console.log(`${file.mutation} | ${file.format} | ${item.state} | ${item.reason ?? ''}`);
  }
  console.table(table);
  console.log(numbers);
}
