import { describe, expect, it } from 'vitest';
import { splitPassages } from '../split.ts';
import { parseSubtitles } from './subtitles.ts';

const parse = (source: string) => parseSubtitles(Buffer.from(source), 'week 1/光合作用.vtt');
const textOf = async (source: string) => (await parse(source)).resources[0]!.sections.map(({ text }) => text);
const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23);

describe('subtitles', () => {
  it('become text with the time at which it is spoken, without tags and settings', async () => {
    const { resources, leftOut } = await parse(
      'WEBVTT - title\n\nSTYLE\n::cue { color: red }\n\nNOTE a note\nof two lines\n\n' +
        'intro\n00:01.000 --> 00:03.500 align:start\n<v.loud 王老师>同学们<c.x>好</c>，\n今天讲\n\n' +
        '00:03.500 --> 00:05.000\n<i>光合作用</i>。\n\n00:05.000 --> 00:06.000\n<v 学生>A &lt; B &amp; C\n',
    );
    expect(leftOut).toEqual([]);
    expect(resources[0]!.input).toMatchObject({
      id: 'week 1/光合作用.vtt',
      title: '光合作用',
      type: 'video',
    });
    expect(resources[0]!.sections).toEqual([
      {
        heading: [],
        text: '王老师: 同学们好，今天讲光合作用。\n学生: A < B & C',
        locator: { kind: 'time', startMs: 1000, endMs: 6000 },
      },
    ]);
  });

  it('of SubRip have numbers, commas and styles, also without blank lines between', async () => {
    const source =
      '1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Plants need\r\n2\r\n01:00:02,5 --> 01:00:03,000\r\n<b>light</b>.\r\n';
    expect(await textOf(source)).toEqual(['Plants need\nlight.']);
  });

  it('name what has no valid times and read the rest', async () => {
    const { leftOut, resources } = await parse(
      '00:01.000 --> 00:02.000\na\n\n00:0x.000 --> 00:03.000\nb\n\n00:05.000 --> 00:04.000\nc\n',
    );
    expect(leftOut).toEqual([
      { place: 'week 1/光合作用.vtt:4', reason: '"00:0x.000 --> 00:03.000" has no valid times' },
      { place: 'week 1/光合作用.vtt:7', reason: '"00:05.000 --> 00:04.000" ends before it begins' },
    ]);
    expect(resources[0]!.input.text).toBe('a');
  });

  it('that roll say each line once', async () => {
    const rolling = ['we look at', 'the green', 'leaf of a plant'].flatMap((line, i, all) => {
      const above = i > 0 ? `${all[i - 1]}\n` : '';
      const [start, end] = [clock(i * 2), clock(i * 2 + 2)];
      return [`${start} --> ${end}\n${above}${line}`, `${end} --> ${end}\n${line}`];
    });
    expect(await textOf(`WEBVTT\n\n${rolling.join('\n\n')}`)).toEqual([
      'we look at the green leaf of a plant',
    ]);
    const growing = ['a leaf', 'a leaf is', 'a leaf is green'].map(
      (line, i) => `${clock(i)} --> ${clock(i + 1)}\n${line}`,
    );
    expect(await textOf(growing.join('\n\n'))).toEqual(['a leaf is green']);
  });

  it('keep a line that is said again later', async () => {
    expect(await textOf('00:01.000 --> 00:02.000\nYes.\n\n00:09.000 --> 00:10.000\nYes.')).toEqual([
      'Yes.\nYes.',
    ]);
  });

  it('are cut into passages at sentence ends, each with its own times, and none again by the splitter', async () => {
    const cues = Array.from({ length: 120 }, (_, i) => {
      const text = i % 3 === 2 ? '所以叶子看起来是绿色的。' : '植物吸收红光和蓝光，';
      return `${clock(i * 3)} --> ${clock(i * 3 + 3)}\n${text}`;
    });
    const { sections } = (await parse(cues.join('\n\n'))).resources[0]!;
    expect(sections.length).toBeGreaterThan(3);
    for (const { text } of sections) expect(text).toMatch(/。$/);
    expect(splitPassages(sections, 'zh').map(({ text }) => text)).toEqual(sections.map(({ text }) => text));
    const times = sections.map(({ locator }) => locator as { startMs: number; endMs: number });
    for (const [i, { startMs }] of times.slice(1).entries()) expect(startMs).toBe(times[i]!.endMs);
  });

  it('without any cue are no resource', async () => {
    await expect(parse('WEBVTT\n\nNOTE nothing\n')).rejects.toThrow('no subtitle with a time and text');
    await expect(parse('1\n0:0 --> 1\nx')).rejects.toThrow('line 2: "0:0 --> 1" has no valid times');
  });
});
