import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../library/errors.ts';
import type { AnswerCase } from './answer-scores.ts';

/** A line of a file of labelled questions, as the samples have them; `query` serves for `question`. */
const caseLine = z
  .looseObject({
    id: z.string(),
    question: z.string().optional(),
    query: z.string().optional(),
    language: z.string().nullish(),
    stage: z.string().nullish(),
    answerable: z.boolean().default(true),
    answers: z.array(z.string()).optional(),
    answer: z.string().optional(),
    relevant: z.array(z.string()).default([]),
    grades: z.record(z.string(), z.number()).optional(),
    target_language: z.string().optional(),
  })
  .refine(line => line.question ?? line.query, 'question is missing');

/** A labelled question; `grades` are those of the relevant resources. */
export interface LabelledCase extends AnswerCase {
  grades: Map<string, number>;
  targetLanguage: string | undefined;
}

/** @throws AppError `invalid-input` naming file and line of the first line that does not fit. */
export async function readCases(path: string): Promise<LabelledCase[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const parsed = caseLine.safeParse(parseLine(line));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`).join('; ');
      throw new AppError('invalid-input', `${path}:${i + 1} is not a labelled question (${faults}).`);
    }
    const {
      id,
      question,
      query,
      language,
      stage,
      answerable,
      answers,
      answer,
      relevant,
      grades,
      target_language,
    } = parsed.data;
    const spoken = language?.slice(0, 2);
    return [
      {
        id,
        question: (question ?? query)!,
        language: spoken === 'zh' || spoken === 'en' ? spoken : undefined,
        stage: stage ?? undefined,
        answerable,
        answers: answers ?? (answer ? [answer] : []),
        relevant,
        grades: new Map(relevant.map(resource => [resource, grades?.[resource] ?? 1])),
        targetLanguage: target_language,
      },
    ];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
