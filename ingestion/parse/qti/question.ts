/** A question as it is read from any version of QTI. */
export interface Question {
  id: string;
  title: string;
  /** Headings of the parts of the test that it stands in. */
  parts: string[];
  prompt: string;
  choices: string[];
  /** Letters of choices, or what is to be written. */
  answers: string[];
  explanations: string[];
  /** Pictures and sounds that the text can't carry. */
  media: string[];
}

const HAN = /\p{Script=Han}/u;

/** The letter of a choice: A to Z, then numbers. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `${index + 1}`;
}

/** A question as text, in the words of its own language. */
export function textOfQuestion({ prompt, choices, answers, explanations }: Question): string {
  const isChinese = HAN.test(prompt + choices.join(''));
  const [answer, explanation, comma] = isChinese
    ? ['答案：', '解析：', '；']
    : ['Answer: ', 'Explanation: ', '; '];
  const list = choices.map((choice, i) => `${letterOf(i)}. ${choice}`).join('\n');
  return [
    prompt,
    list,
    answers.length > 0 ? `${answer}${answers.join(comma)}` : '',
    explanations.length > 0 ? `${explanation}${[...new Set(explanations)].join('\n')}` : '',
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** Its title where it says more than a number does. */
export function headingOfQuestion({ title, prompt }: Question, number: number): string {
  const name = HAN.test(prompt) ? `第 ${number} 题` : `Question ${number}`;
  const isBare = title === '' || /^(?:question|item|题目?)?\s*[\w-]*\d*$/i.test(title);
  return isBare ? name : `${number}. ${title}`;
}
