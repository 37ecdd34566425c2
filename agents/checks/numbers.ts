/** A number as a text has it, with the unit it stands with, if that is a unit we know. */
export interface Quantity {
  value: number;
  unit: string | undefined;
}

/** Units that mean the same under one name; what is not here is not compared. */
const UNITS: Record<string, string[]> = {
  mm: ['mm', '毫米', 'millimetre', 'millimeter'],
  cm: ['cm', '厘米', '公分', 'centimetre', 'centimeter'],
  m: ['m', '米', '公尺', 'metre', 'meter'],
  km: ['km', '千米', '公里', 'kilometre', 'kilometer'],
  mg: ['mg', '毫克', 'milligram'],
  g: ['g', '克', 'gram'],
  kg: ['kg', '千克', '公斤', 'kilogram'],
  t: ['吨', '噸', 'tonne', 'ton'],
  ml: ['ml', '毫升', 'millilitre', 'milliliter'],
  l: ['升', 'litre', 'liter'],
  s: ['s', '秒', 'second', 'sec'],
  min: ['min', '分钟', '分鐘', 'minute'],
  h: ['h', '小时', '小時', 'hour'],
  day: ['天', '日', 'day'],
  week: ['周', '星期', 'week'],
  month: ['月', '个月', '個月', 'month'],
  year: ['年', 'year'],
  age: ['岁', '歲'],
  n: ['N', '牛', '牛顿', 'newton'],
  j: ['J', '焦', '焦耳', 'joule'],
  w: ['W', '瓦', 'watt'],
  v: ['V', '伏', '伏特', 'volt'],
  a: ['A', '安', '安培', 'ampere'],
  pa: ['Pa', '帕'],
  hz: ['Hz', '赫兹'],
  '°c': ['°c', '摄氏度', '攝氏度', 'degrees celsius'],
  '°f': ['°f', '华氏度', 'degrees fahrenheit'],
  degree: ['°', '度', 'degree'],
  '%': ['%', 'percent', 'per cent'],
  yuan: ['元', 'yuan'],
  dollar: ['美元', '美金', 'dollar'],
  times: ['倍', 'times'],
};
const SMALL: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const LARGE: Record<string, number> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };
const ENGLISH: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
};

const NAMES = Object.entries(UNITS)
  .flatMap(([canonical, names]) => names.map(name => [name, canonical] as const))
  .sort(([a], [b]) => b.length - a.length);
const DIGITS = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/gu;
const HAN_FRACTION = /([二两三四五六七八九十百千万]+)分之([一二两三四五六七八九十]+)/gu;
const HAN_NUMBER = /(?:百分之|第)?[〇零一二两兩三四五六七八九十百千万萬亿億]+/gu;
/** Han numerals inside words that count nothing. */
const NO_COUNT =
  /[一二三四五六七八九十][\s]*(?:般|些|定|样|樣|起|致|直|边形|邊形|角|方面|次方|元[一二三]次|氧化|律|旦|共|再|味|时|切|向)|统一|万一|十分|千万|唯一|同一|单一|万物|三角|四边|百科|千克|千米|一[个個种種条條只位次]|[九]州|万岁|七夕|五行|四季/gu;

/** All numbers of a text, in Arabic, Chinese and English words. Superscripts and LaTeX powers are numbers of their own. */
export function quantitiesOf(text: string): Quantity[] {
  const plain = normalised(text);
  return [...arabic(plain), ...fractions(plain), ...chinese(plain), ...english(plain)];
}

/**
 * The first number of `claim` that `evidence` does not have, or has only with another unit; undefined if all agree.
 * Evidence without a unit beside the number (a table cell) is taken to agree.
 */
export function disagreeingNumber(claim: string, evidence: string): Quantity | undefined {
  const found = quantitiesOf(evidence);
  return quantitiesOf(claim).find(({ value, unit }) => {
    const same = found.filter(other => Math.abs(other.value - value) <= 1e-9 * Math.abs(value));
    if (same.length === 0) return true;
    return unit !== undefined && same.every(other => other.unit !== undefined && other.unit !== unit);
  });
}

function normalised(text: string): string {
  return text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, character => ` ^${character.normalize('NFKC')}`)
    .normalize('NFKC')
    .replace(/\\[dt]?frac\s*\{?(\d+?)\}?\s*\{?(\d+)\}?/gu, ' $1 / $2 ')
    .replace(/\\(?:mathrm|text|rm|,|;|!|\s)|[{}$]/gu, ' ')
    .replace(/℃/gu, '°C');
}

function arabic(text: string): Quantity[] {
  return [...text.matchAll(DIGITS)].flatMap(({ 0: digits, index }) => {
    // Part of a name such as H2O or COVID-19b: compared as a name.
    if (/[\p{Script=Latin}_]/u.test(text[index - 1] ?? '')) return [];
    const rest = text.slice(index + digits.length);
    const [multiplier = ''] = /^ ?[万萬亿億]/u.exec(rest) ?? [];
    const value = Number(digits.replaceAll(',', '')) * (LARGE[multiplier.trim()] ?? 1);
    return [{ value, unit: unitAt(rest.slice(multiplier.length)) }];
  });
}

/** `十分之三`, `3/10` and `\frac{3}{10}` as one value; their parts are numbers of their own only in figures. */
function fractions(text: string): Quantity[] {
  const written = [...text.matchAll(HAN_FRACTION)].map(
    ([, below, above]) => hanValue(above!) / hanValue(below!),
  );
  const figures = [...text.matchAll(/(\d+) ?[/⁄] ?(\d+)/gu)].map(
    ([, above, below]) => Number(above) / Number(below),
  );
  return [...written, ...figures].filter(Number.isFinite).map(value => ({ value, unit: undefined }));
}

function chinese(text: string): Quantity[] {
  const counted = text
    .replace(HAN_FRACTION, words => ' '.repeat(words.length))
    .replace(NO_COUNT, words => ' '.repeat(words.length));
  return [...counted.matchAll(HAN_NUMBER)].flatMap(({ 0: word, index }) => {
    const percent = word.startsWith('百分之');
    const ordinal = word.startsWith('第');
    const digits = word.replace(/^百分之|^第/u, '');
    if (/\d ?$/u.test(text.slice(0, index)) || digits === '') return [];
    const rest = text.slice(index + word.length);
    // A lone numeral counts only before something that is counted; "三" in a name does not.
    const counts =
      ordinal ||
      percent ||
      digits.length > 1 ||
      unitAt(rest) ||
      /^ ?[个個种種条條只位次人名层層步点項项组組份年月日天倍成类類]/u.test(rest);
    if (!counts || (digits === '一' && !ordinal)) return [];
    return [{ value: hanValue(digits), unit: percent ? '%' : unitAt(rest) }];
  });
}

function hanValue(digits: string): number {
  if (!/[十百千万萬亿億]/u.test(digits)) return Number([...digits].map(digit => SMALL[digit]).join(''));
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of digits) {
    const large = LARGE[character];
    if (large === undefined) digit = SMALL[character] ?? 0;
    else if (large >= 1e4) {
      total += (section + digit) * large;
      section = digit = 0;
    } else {
      section += (digit || 1) * large;
      digit = 0;
    }
  }
  return total + section + digit;
}

function english(text: string): Quantity[] {
  return [...text.toLowerCase().matchAll(/\b[a-z]+\b/gu)].flatMap(({ 0: word, index }) => {
    const value = ENGLISH[word];
    return value === undefined ? [] : [{ value, unit: unitAt(text.slice(index + word.length)) }];
  });
}

/** The unit that `rest` begins with: `kg` but not the `m` of `more`, `年` but not the `分` of `分子`. */
function unitAt(rest: string): string | undefined {
  const bare = rest.replace(/^[\s\\]+/u, '');
  const found = NAMES.find(([name]) => {
    if (!bare.toLowerCase().startsWith(name.toLowerCase())) return false;
    return !/^[a-z]/iu.test(name) || !/^[a-z]/iu.test(bare.slice(name.length).replace(/^e?s(?![a-z])/iu, ''));
  });
  return found?.[1];
}
