import type { Column } from './catalogue-columns.ts';

type Reader = (value: string, unit: string) => string | string[] | undefined;

/** How the values of some fields are written in catalogues; undefined for what only its reader would understand. */
const READERS: Record<string, Reader> = {
  title: value => value.replace(/\s+/g, ' '),
  stage: value => onlyMatch(STAGES, value),
  audience: value => onlyMatch(AUDIENCES, value),
  language: value =>
    onlyMatch(LANGUAGES, value) ?? (/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(value) ? value : undefined),
  duration: minutesOf,
  teaches: value => listOf(value, /[;；、|\n]/),
  // Titles have "、" in them: 加、减法.
  prerequisites: value => listOf(value, /[;；|\n]/),
  valid_from: isoDate,
  valid_until: isoDate,
};

const STAGES: [string, RegExp][] = [
  ['preschool', /学前|幼儿|學前|preschool|kindergarten|early years/i],
  ['primary', /小学|小學|primary|elementary/i],
  ['junior', /初中|初级中学|junior|middle school|^middle$|lower secondary/i],
  ['senior', /高中|senior|high school|^high$|upper secondary/i],
  ['vocational', /中职|高职|职业|職業|技校|vocational/i],
  ['higher', /大学|大學|本科|高等|研究生|higher|university|college|undergraduate|graduate/i],
  ['lifelong', /终身|終身|成人|老年|社区|lifelong|adult/i],
];
const AUDIENCES: [string, RegExp][] = [
  ['learner', /学生|學生|学习者|learner|student|pupil/i],
  ['teacher', /教师|教師|老师|teacher/i],
  ['elder', /老年|老人|长者|elder|senior/i],
];
const LANGUAGES: [string, RegExp][] = [
  ['zh-Hant', /繁|traditional/i],
  ['zh', /^(?!.*繁).*(?:中文|汉语|漢語|普通话|chinese|mandarin)/i],
  ['en', /英|english/i],
];

/**
 * The fields of a manifest for a row of a catalogue. A value that its field cannot take is kept as metadata under the
 * name of the field, with an underscore behind it: a catalogue says "K12" where the library has stages.
 */
export function fieldsOfRow(columns: Column[], cells: string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [i, { field, unit }] of columns.entries()) {
    const value = cells[i]?.trim() ?? '';
    if (value === '' || field === '') continue;
    const reader = Object.hasOwn(READERS, field) ? READERS[field] : undefined;
    const read = reader ? reader(value, unit) : value;
    const name = read === undefined ? `${field}_` : field;
    if (!Object.hasOwn(fields, name))
      Object.defineProperty(fields, name, { value: read ?? value, enumerable: true });
  }
  return fields;
}

/** The name of the only pattern that fits: "小学、初中" is no one stage. */
function onlyMatch(patterns: [string, RegExp][], value: string): string | undefined {
  const fitting = patterns.filter(([name, pattern]) => name === value.toLowerCase() || pattern.test(value));
  return fitting.length === 1 ? fitting[0]![0] : undefined;
}

function listOf(value: string, separator: RegExp): string[] {
  return value
    .split(separator)
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** "1小时30分", "90 min", "1:30:00", "PT45M"; a bare number is of the unit that the head of the column names. */
function minutesOf(value: string, unit: string): string | undefined {
  if (/^P[\dTWDHMS.]+$/i.test(value)) return value.toUpperCase();
  const clock = /^(\d+):(\d\d):(\d\d)$/.exec(value);
  if (clock) return inMinutes(clock.slice(1).map(Number));
  const bare = /^\d+(?:\.\d+)?$/.test(value) ? `${value}${unit || 'min'}` : value;
  const parts =
    /^(?:([\d.]+)\s*(?:h|hrs?|hours?|小时|个小时|小時))?\s*(?:([\d.]+)\s*(?:m|mins?|minutes?|分钟?|分鐘))?\s*(?:([\d.]+)\s*(?:s|secs?|seconds?|秒))?$/i;
  const found = parts.exec(bare.trim());
  return found?.[0] ? inMinutes(found.slice(1).map(part => Number(part ?? 0))) : undefined;
}

function inMinutes([hours = 0, minutes = 0, seconds = 0]: number[]): string | undefined {
  const total = Math.round(hours * 60 + minutes + seconds / 60);
  return Number.isFinite(total) ? `${total}` : undefined;
}

function isoDate(value: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}
