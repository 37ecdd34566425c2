import { AppError } from '../library/errors.ts';
import { STAGES, type Stage, stageSchema } from '../library/resources.ts';

/** Prints the result: with `--json` the value alone, else the words that `describe` makes of it. */
export function print(json: boolean | undefined, value: unknown, describe: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : describe()}\n`);
}

/** @throws AppError `invalid-input` saying what is missing. */
export function requireText(value: string | undefined, missing: string): string {
  if (!value?.trim())
    throw new AppError('invalid-input', `Something is missing: ${missing}. --help shows all flags.`);
  return value;
}

/** A flag that is a number, or its default. @throws AppError `invalid-input` */
export function wholeNumber(value: string | undefined, fallback: number, flag: string): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new AppError('invalid-input', `${flag} takes a whole number from 1 on, not "${value}".`);
  return number;
}

/** A flag that names a stage. @throws AppError `invalid-input` */
export function optionalStage(value: string | undefined): Stage | undefined {
  if (value === undefined) return undefined;
  const stage = stageSchema.safeParse(value);
  if (!stage.success)
    throw new AppError('invalid-input', `"${value}" is not a stage. Stages: ${STAGES.join(', ')}.`);
  return stage.data;
}

/** A flag that names a language of answers. @throws AppError `invalid-input` */
export function optionalLanguage(value: string | undefined): 'zh' | 'en' | undefined {
  if (value === undefined || value === 'zh' || value === 'en') return value;
  throw new AppError('invalid-input', `"${value}" is not a language of answers. Use zh or en.`);
}
