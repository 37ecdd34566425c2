/** English words that build sentences; their translations say nothing of what a question is about. */
const WORDS = new Set(
  (
    'a an the and or but if of to in on at by for with from as is are was were be been being it its this that these ' +
    'those he she they we you i his her their our your my me us them not no do does did have has had can could will ' +
    'would should may might must shall what which who whom whose when where why how all any each some such than then ' +
    'there here into so very just also'
  ).split(' '),
);

export function isFunctionWord(word: string): boolean {
  return WORDS.has(word);
}
