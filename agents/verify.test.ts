import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainTextTools } from '../models/testing/plain-text-tools.ts';
import { type CitedPassage, verifySentence } from './verify.ts';

const SAMPLES = new URL('../samples/', import.meta.url);
const PASSAGES: (CitedPassage & { id: string })[] = ['zh', 'en'].flatMap(language =>
  readdirSync(new URL(`${language}/`, SAMPLES)).flatMap(file => {
    const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(
      readFileSync(new URL(`${language}/${file}`, SAMPLES), 'utf8'),
    )!;
    const title = /title: (.*)/u.exec(head)![1]!;
    return body.split(/^## /mu).flatMap(section => {
      const [heading = '', ...lines] = section.split('\n');
      const text = lines.join('\n').trim();
      return text === ''
        ? []
        : [{ id: `${language}/${file.slice(0, -3)}`, title, heading: [heading.trim()], text }];
    });
  }),
);
const tools = plainTextTools(PASSAGES.map(({ text }) => text));

/** The passage of a sample that a heading begins with. */
function passage(id: string, heading: string): CitedPassage {
  const found = PASSAGES.find(each => each.id === id && each.heading[0]!.startsWith(heading));
  return found ?? expect.fail(`${id} has no section ${heading}`);
}

const CARRIED: [string, string, string][] = [
  ['zh/newton-second-law', '定律内容', '加速度与作用力成正比，与质量成反比，方向与作用力的方向相同。'],
  ['zh/newton-second-law', '定律内容', '1 牛顿是使质量为 1 千克的物体产生 1 米每二次方秒加速度的力。'],
  ['zh/newton-second-law', '理解要点', '力产生加速度，它不是维持速度的原因。'],
  ['zh/newton-second-law', '理解要点', '探究实验用控制变量法：保持小车质量不变，只改变拉力。'],
  ['zh/newton-second-law', '例题', '木块受到 10 牛的水平拉力，由静止开始运动，动摩擦因数为 0.2。'],
  ['zh/newton-second-law', '例题', '支持力大于重力叫作超重现象，人的重力没有改变。'],
  ['zh/water-states', '变化与热量', '在通常的大气压下，冰在 0℃ 融化，水在约 100℃ 沸腾。'],
  ['zh/water-states', '变化与热量', '高山上气压低，水不到 100℃ 就沸腾，因此煮饭要用高压锅。'],
  ['zh/water-states', '变化与热量', '蒸发在任何温度下都能进行，而且只发生在水的表面。'],
  ['zh/water-states', '变化与热量', '温度越高、空气流动越快，蒸发就越快。'],
  ['zh/water-states', '动手做', '水结冰后体积大约增加十分之一，所以装满水的玻璃瓶不能放进冷冻室。'],
  ['zh/density', '为什么需要密度', '水的密度是每立方米 1000 千克。'],
  ['zh/density', '为什么需要密度', '密度是某种物质的质量与体积之比。'],
  ['zh/density', '测量不规则固体的密度', '要先测质量再测体积，因为石块沾水后称得的质量会偏大。'],
  ['zh/density', '密度与浮沉', '冰浮在水面，因为冰的密度小于水的密度。'],
  ['zh/anti-fraud', '几个有用的号码', '96110 是反诈专线，打来时请一定接听。'],
  ['zh/anti-fraud', '万一被骗', '如果被骗了，要尽快拨打 110，说清转账的时间、金额和对方账号。'],
  [
    'en/photosynthesis',
    'What is photosynthesis',
    'In photosynthesis, green plants use light energy to turn carbon dioxide and water into glucose, and oxygen is released.',
  ],
  [
    'en/photosynthesis',
    'Where it happens',
    'Photosynthesis happens in the chloroplasts, small green bodies inside plant cells.',
  ],
  [
    'en/photosynthesis',
    'Where it happens',
    'Leaves look green because chlorophyll reflects much of the green light and absorbs mainly red and blue.',
  ],
  [
    'en/photosynthesis',
    'Practical',
    'The plant is kept in the dark for about 48 hours so that its leaves use up their starch.',
  ],
  [
    'en/photosynthesis',
    'Practical',
    'The parts that received light turn blue-black, which shows that there is starch.',
  ],
  ['en/photosynthesis', 'What the plant does', 'Some of the glucose is joined into starch for storage.'],
  [
    'en/dna-replication',
    'What you need',
    'Adenine pairs with thymine by two hydrogen bonds, guanine with cytosine by three.',
  ],
  [
    'en/dna-replication',
    'The steps',
    'Helicase breaks the hydrogen bonds between the bases and separates the strands.',
  ],
  [
    'en/dna-replication',
    'The steps',
    'DNA polymerase can add nucleotides only to a 3′ end, so a new strand grows in the 5′ to 3′ direction.',
  ],
  [
    'en/dna-replication',
    'Semi-conservative',
    'Each of the new molecules has one old strand and one new one, so replication is called semi-conservative.',
  ],
  [
    'en/spotting-phishing-messages',
    'Codes are keys',
    'The message that brings the code often says what the code is for, and warns you not to share it.',
  ],
  [
    'en/spotting-phishing-messages',
    'Five warning',
    'One sign is a reason to slow down; two or more mean you should treat the message as a trick until you have checked it.',
  ],
  [
    'en/fractions-of-a-whole',
    'Equal parts',
    'The denominator tells how many equal parts the whole was cut into.',
  ],
];

const NOT_CARRIED: [string, string, string, string][] = [
  ['number', 'zh/water-states', '变化与热量', '在通常的大气压下，冰在 4℃ 时融化，水在 100℃ 左右沸腾。'],
  ['number', 'zh/water-states', '动手做', '水结冰以后体积大约增加十分之三。'],
  ['number', 'zh/density', '为什么需要密度', '水的密度是每立方米 100 千克。'],
  ['number', 'zh/anti-fraud', '几个有用的号码', '96119 是反诈专线，打来时请一定接听。'],
  ['number', 'zh/newton-second-law', '例题', '木块的加速度是 3 m/s²，6 秒末的速度是 18 m/s。'],
  [
    'number',
    'en/photosynthesis',
    'Practical',
    'The plant is kept in the dark for about 24 hours so that its leaves use up their starch.',
  ],
  ['number', 'en/dna-replication', 'What you need', 'Adenine pairs with thymine by five hydrogen bonds.'],
  [
    'unit',
    'zh/newton-second-law',
    '定律内容',
    '使质量为 1 克的物体产生 1 米每二次方秒的加速度的力，规定为 1 牛顿。',
  ],
  [
    'unit',
    'en/photosynthesis',
    'Practical',
    'Keep a potted plant in the dark for about 48 minutes so that its leaves use up their starch.',
  ],
  ['negation', 'zh/newton-second-law', '理解要点', '力是维持速度的原因，而不是产生加速度的原因。'],
  ['negation', 'zh/newton-second-law', '例题', '超重时支持力大于重力，人的重力改变了。'],
  ['negation', 'zh/water-states', '动手做', '装满水的玻璃瓶能放进冷冻室。'],
  ['negation', 'zh/anti-fraud', '记住口诀', '未知链接可以点击。'],
  [
    'negation',
    'en/spotting-phishing-messages',
    'Codes are keys',
    'Read a one-time code to anyone who rings you or writes to you.',
  ],
  ['negation', 'en/spotting-phishing-messages', 'Codes are keys', 'Bank staff need the one-time code.'],
  ['negation', 'en/dna-replication', 'The steps', 'DNA polymerase can start a strand from nothing.'],
  ['negation', 'en/photosynthesis', 'Practical', 'The covered part does not stay orange-brown.'],
  [
    'name',
    'zh/newton-second-law',
    '定律内容',
    '爱因斯坦规定，使质量为 1 千克的物体产生 1 米每二次方秒的加速度的力为 1 牛顿。',
  ],
  ['name', 'zh/water-states', '变化与热量', '在通常的大气压下，酒精在 100℃ 左右沸腾。'],
  [
    'name',
    'en/dna-replication',
    'The steps',
    'Ligase breaks the hydrogen bonds between the bases and separates the strands, as Watson found.',
  ],
  [
    'name',
    'en/photosynthesis',
    'Where it happens',
    'Photosynthesis takes place in Mitochondria inside plant cells.',
  ],
  [
    'name',
    'en/photosynthesis',
    'Where it happens',
    'Carotene absorbs mainly red and blue light and reflects much of the green.',
  ],
  ['opposite', 'zh/density', '密度与浮沉', '冰的密度大于水，所以冰浮在水面。'],
  ['opposite', 'zh/newton-second-law', '定律内容', '加速度的大小跟作用力成反比，方向跟作用力的方向相同。'],
  ['opposite', 'zh/water-states', '变化与热量', '冰变成水时放热，叫作融化。'],
  ['opposite', 'zh/water-states', '变化与热量', '温度越低、表面积越小，蒸发就越快。'],
  ['opposite', 'en/photosynthesis', 'Where it happens', 'Chlorophyll releases mainly red and blue light.'],
  ['over-claim', 'zh/water-states', '变化与热量', '高山上煮饭必然煮不熟，只有高压锅能解决。'],
  [
    'over-claim',
    'en/dna-replication',
    'The steps',
    'All mistakes are removed by DNA polymerase, and none ever become mutations.',
  ],
  ['said', 'zh/density', '常见误区', '密度与质量成正比，与体积成反比。'],
  ['said', 'en/fractions-of-a-whole', 'Common misconceptions', 'A half is always the same amount.'],
  ['swapped', 'zh/density', '密度与浮沉', '密度是某种物质组成的物体的质量与它的体积之比。'],
  ['swapped', 'zh/water-states', '动手做', '温度越高、表面积越大、空气流动越快，蒸发就越快。'],
  [
    'swapped',
    'en/photosynthesis',
    'Where it happens',
    'Some glucose is used at once in respiration to release energy.',
  ],
  [
    'swapped',
    'en/dna-replication',
    'Semi-conservative',
    'Helicase breaks the hydrogen bonds between the bases.',
  ],
  ['invented', 'zh/anti-fraud', '万一被骗', '银行会在一周内全额赔偿被骗的钱。'],
  [
    'invented',
    'en/photosynthesis',
    'Where it happens',
    'Plants that live under water have larger stomata than trees.',
  ],
  [
    'invented',
    'en/spotting-phishing-messages',
    'Codes are keys',
    'The police can trace every caller who asks for a code.',
  ],
];

describe('what a passage carries', () => {
  test.each(CARRIED)('%s › %s: %s', (id, heading, sentence) => {
    const verdict = verifySentence(sentence, passage(id, heading), tools);
    expect(verdict).toMatchObject({ supported: true });
    expect(passage(id, heading).text.startsWith(verdict.quote, verdict.quoteStart)).toBe(true);
  });
});

describe('what it does not', () => {
  test.each(NOT_CARRIED)('%s: %s › %s: %s', (_, id, heading, sentence) => {
    expect(verifySentence(sentence, passage(id, heading), tools)).toMatchObject({ supported: false });
  });
});
