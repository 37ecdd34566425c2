import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TOPICS = [
  ['photosynthesis', '光合作用', 'biology', 'junior'],
  ['fractions', '分数', 'mathematics', 'primary'],
  ['chemical equilibrium', '化学平衡', 'chemistry', 'senior'],
  ['elder care', '老年护理', 'nursing', 'vocational'],
  ['gradient descent', '梯度下降', 'computing', 'higher'],
  ['phone payments', '手机支付', 'daily life', 'lifelong'],
] as const;
const ENGLISH = ['observe', 'compare', 'measure', 'explain', 'discuss', 'practise', 'review', 'apply'];
const CHINESE = ['观察', '比较', '测量', '解释', '讨论', '练习', '复习', '应用'];

/** Numbers from 0 to 1 that are the same on every run: a linear congruential generator (Numerical Recipes). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Resource number `n`: one to four sections, every second one Chinese; the same for the same number. */
export function generateResource(n: number): Record<string, unknown> {
  const random = createRandom(n + 1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const chinese = n % 2 === 0;
  const [english, chineseName, subject, stage] = pick(TOPICS);
  const topic = chinese ? chineseName : english;
  const sentence = (i: number) =>
    chinese
      ? `第${n}号资源第${i}句：我们先${pick(CHINESE)}${topic}，再${pick(CHINESE)}结果${Math.floor(random() * 1000)}。`
      : `Resource ${n}, sentence ${i}: first ${pick(ENGLISH)} ${topic}, then ${pick(ENGLISH)} result ${Math.floor(random() * 1000)}.`;
  const sections = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, s) => {
    const sentences = Array.from({ length: 3 + Math.floor(random() * 8) }, (_, i) => sentence(s * 10 + i));
    return `## ${topic} ${s + 1}\n\n${sentences.join(chinese ? '' : ' ')}`;
  });
  return {
    id: `generated/${n}`,
    title: chinese ? `${topic}（${n}）` : `${topic} (${n})`,
    language: chinese ? 'zh' : 'en',
    stage,
    subject,
    text: sections.join('\n\n'),
  };
}

/** Writes a library of `count` resources into `folder`, as manifests of at most 500 lines. */
export async function writeLibrary(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let first = 0; first < count; first += 500) {
    const lines = Array.from({ length: Math.min(500, count - first) }, (_, i) =>
      JSON.stringify(generateResource(first + i)),
    );
    await writeFile(join(folder, `manifest-${first}.jsonl`), `${lines.join('\n')}\n`);
  }
}
