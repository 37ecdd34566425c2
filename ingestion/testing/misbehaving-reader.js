// Stands in for the reading process: the name of the file says what its parser would do.
import { writeFileSync } from 'node:fs';
import { register } from 'tsx/esm/api';

register();
const { endWithParent } = await import('../end-with-parent.ts');
endWithParent();

let kept;
const behaviours = {
  good: () => process.send({ content: { resources: [], leftOut: [] } }),
  'keeps much': () => {
    kept = Buffer.alloc(200 * 1024 * 1024, 1);
    process.send({
      content: { resources: [], leftOut: [{ place: `${process.pid}`, reason: `${kept.length}` }] },
    });
  },
  process: () =>
    process.send({ content: { resources: [], leftOut: [{ place: `${process.pid}`, reason: '' }] } }),
  loop: () => {
    for (;;);
  },
  'sign, then loop': ({ location }) => {
    writeFileSync(location, '');
    for (;;);
  },
  hog: () => {
    const all = [];
    for (;;) all.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  heap: () => {
    const all = [];
    for (;;) all.push(new Array(1_000_000).fill(all.length));
  },
  exit: () => process.exit(0),
  abort: () => process.abort(),
  throws: () => {
    throw new Error('nobody catches this');
  },
  nothing: () => process.send(null),
  text: () => process.send('done'),
  'half content': () => process.send({ content: { resources: 'all' } }),
  'no text as reason': () => process.send({ reason: 7 }),
};

process.on('message', request => behaviours[request.path](request));
