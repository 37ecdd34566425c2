/** `![alt](url)` and `![alt][ref]`: nothing of an image is text. */
const IMAGE = /!\[[^\]]*\]\s?(?:\([^)]*\)|\[[^\]]*\])/gu;
/** `[text](url)` and `[text][ref]`: the text stays. A number in brackets is a citation and never a link's text. */
const LINK = /\[(?!\d+\])([^\]]*)\]\s?(?:\([^)]*\)|\[(?!\d+\])[^\]]*\])/gu;
/** Tags of HTML, not the `<b and c>` of an inequality or the `<String>` of a program. */
const HTML =
  /<\/?(?:script|style|iframe|object|embed|img|image|svg|video|audio|picture|source|link|meta|base|form|input|button|body|html|head|div|span|table|tr|td|th|ul|ol|li|br|hr|strong|em|sub|sup|details|summary|pre|code|font|center)(?:\s[^<>]*)?\/?>|<\/?[abipu](?:\s[^<>]*=[^<>]*)?\/?>|<!--[\s\S]*?-->/giu;
/** Addresses in any form that a browser or a reader could follow, and commands of formulas that load or link. */
const ADDRESS =
  /\b[a-z][a-z0-9+.-]*:\/\/|\b(?:javascript|vbscript|mailto):\S|\bdata:\w+\/|\bwww\.|(?:^|[\s(])\/\/\w|\\(?:href|url|includegraphics|html[A-Z]\w*)\b|\b[a-z0-9-]+\.[a-z]{2,6}\/\w/iu;

/**
 * A model's text without images, links and HTML; undefined when an address is left, or nothing. Whoever wrote the passages
 * must not reach the reader's browser through a model: a picture alone would tell its server what was asked.
 */
export function cleanText(text: string): string | undefined {
  const clean = text.replace(IMAGE, '').replace(LINK, '$1').replace(HTML, '').replace(/ {2,}/gu, ' ').trim();
  return clean === '' || ADDRESS.test(clean) ? undefined : clean;
}

/** Whole sentences that claim nothing: greetings, lead-ins, an offer to go on. */
const HARMLESS = [
  /^(?:你好|您好|同学你好|好的|当然|没问题|很好的问题|这是个好问题|谢谢你的提问)[，,！!。.～~]*$/u,
  /^(?:下面|接下来|首先|总之|简单来说|总的来说|具体来说|也就是说)[，,：:。]?$/u,
  /^(?:根据|按照)(?:资料库?|材料|以上资料|所给(?:资料|材料)|文中|检索到的资料)(?:的?(?:内容|说法|介绍))?(?:，(?:可以|能够)?(?:这样)?(?:回答|说明|总结)如下)?[：:，,。]?$/u,
  /^(?:主要|具体)?(?:步骤|原因|答案|要点|回答)(?:如下|是这样的)[：:。]?$/u,
  /^(?:希望(?:这些|以上|对你|能)?.{0,8}(?:有帮助|帮到你|帮助你)|如果还有(?:什么)?(?:问题|疑问)，?(?:欢迎|可以)?(?:继续|再|随时)?(?:问我|提问|告诉我)?|需要我继续(?:讲|说明|解释)吗)[！!。.？?]*$/u,
  /^(?:hello|hi|hi there|sure|of course|certainly|good question|great question|thank you|thanks for asking)[,.! ]*$/iu,
  /^(?:here is|here's|here are|this is) (?:the answer|what the (?:library|passages?|sources?) says?|a short answer|the steps|how it works|an overview)[:.!]*$/iu,
  /^(?:according to|based on) the (?:library|passages?|sources?)[:,.]*$/iu,
  /^(?:in short|in summary|to sum up|in other words|first|next|finally|the (?:steps|reasons|main points) are(?: as follows)?)[:,.]*$/iu,
  /^(?:i hope (?:this|that) helps|let me know if you (?:have|need) (?:more questions|anything else|more help)|would you like (?:me to go on|to know more|more detail))[.!?]*$/iu,
];
const LONGEST_HARMLESS = 80;

/** Whether an uncited sentence may stand because it states nothing. */
export function isHarmless(text: string): boolean {
  return text.length <= LONGEST_HARMLESS && HARMLESS.some(pattern => pattern.test(text.trim()));
}
