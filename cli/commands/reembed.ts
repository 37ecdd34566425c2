import { setTimeout as pause } from 'node:timers/promises';
import { confirm } from '@clack/prompts';
import { defineCommand } from 'citty';
import type { Config } from '../../library/config.ts';
import { AppError } from '../../library/errors.ts';
import type { ReembeddingEstimate, ReembeddingProgress } from '../../library/reembedding.ts';
import { describeSpace } from '../../library/spaces.ts';
import { commonArgs, jsonArg, readConfig } from '../configuration.ts';
import { type Operator, withOperator } from '../operator.ts';
import { showProgress } from '../show-progress.ts';
import { print } from '../terminal.ts';

const LOOK_MS = 200;

/** Looks until the work that was begun is over. @throws AppError `conflict` with the reason when it failed */
async function followReembedding(operator: Operator): Promise<ReembeddingProgress> {
  const show = showProgress('Embedding');
  for (;;) {
    const progress = await operator.reembeddingProgress();
    if (progress.state === 'failed')
      throw new AppError(
        'conflict',
        `${progress.reason} Searches go on as before; what was embedded is kept.`,
      );
    if (progress.state === 'done') {
      show.end();
      return progress;
    }
    show.update(progress.total === 0 ? 0 : progress.done / progress.total, describeProgress(progress));
    await pause(LOOK_MS);
  }
}

function describeProgress({ state, done, total, ratePerSecond, secondsLeft }: ReembeddingProgress): string {
  const count = `${done} of ${total} passages`;
  if (state !== 'embedding') return `${count}, ${state}`;
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  return `${count}, ${Math.round(ratePerSecond)} a second${left}`;
}

function describeEstimate(estimate: ReembeddingEstimate, price: number | undefined): string {
  const { from, to, passages, allPassages, characters, tokens, isLocal } = estimate;
  const cost = price === undefined ? '' : `, about ${((tokens / 1e6) * price).toFixed(2)} at that price`;
  return [
    `From ${from ? describeSpace(from) : 'nothing'} to ${describeSpace(to)}.`,
    `${passages} of ${allPassages} passages to embed, ${characters} characters, ` +
      (isLocal ? 'computed here at no cost.' : `about ${tokens} tokens${cost}.`),
  ].join('\n');
}

function priceOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const price = Number(value);
  if (value.trim() === '' || !(price >= 0))
    throw new AppError('invalid-input', `--price-per-million-tokens takes a number, not "${value}".`);
  return price;
}

interface BuildArgs {
  json: boolean | undefined;
  estimate: boolean | undefined;
  yes: boolean | undefined;
  price: number | undefined;
}

async function build(operator: Operator, { embedding }: Config, args: BuildArgs): Promise<void> {
  const model = embedding ? { model: embedding.model, baseUrl: embedding.baseUrl } : null;
  const estimate = await operator.estimateReembedding({ model });
  const cost = args.price === undefined ? null : (estimate.tokens / 1e6) * args.price;
  if (estimate.isLive || args.estimate) {
    print(args.json, { ...estimate, cost }, () =>
      estimate.isLive
        ? `Searches use ${describeSpace(estimate.to)} already; there is nothing to do.`
        : describeEstimate(estimate, args.price),
    );
    return;
  }
  process.stderr.write(`${describeEstimate(estimate, args.price)}\n`);
  const asks = process.stdin.isTTY && process.stderr.isTTY && !args.yes && !estimate.isLocal;
  if (asks && (await confirm({ message: 'Go on?', output: process.stderr })) !== true) {
    process.stderr.write('Nothing was done.\n');
    return;
  }
  await operator.startReembedding({ model });
  const { seconds, total } = await followReembedding(operator);
  const embedded = estimate.passages;
  print(
    args.json,
    { space: estimate.to, passages: total, embedded, seconds, cost },
    () =>
      `Searches use ${describeSpace(estimate.to)} now: ${total} passages, ${embedded} of them embedded in ${seconds} s. ` +
      'zhujiao reembed --rollback goes back, --drop-retired frees the room of the old vectors.',
  );
}

async function rollBack(operator: Operator, json: boolean | undefined): Promise<void> {
  await operator.startRollback();
  const { space, seconds } = await followReembedding(operator);
  print(json, { space, seconds }, () => `Searches use ${describeSpace(space!)} again (${seconds} s).`);
}

async function dropRetired(operator: Operator, json: boolean | undefined): Promise<void> {
  const dropped = await operator.dropRetired();
  print(json, dropped, () => {
    const inUse =
      dropped.inUse > 0
        ? `\n${dropped.inUse} left the searches less than a minute ago and may still be in use: run it again.`
        : '';
    return `${dropped.vectors} vectors of ${dropped.spaces.length} retired spaces are gone.${inUse}`;
  });
}

export const reembed = defineCommand({
  meta: {
    name: 'reembed',
    description:
      'Build vectors of the model that the settings name (EMBEDDING_MODEL, else the offline one) beside those in use, then switch searches to them; run again after an interruption, it goes on',
  },
  args: {
    ...commonArgs,
    ...jsonArg,
    estimate: { type: 'boolean', description: 'Say what there is to embed, and do nothing' },
    'price-per-million-tokens': {
      type: 'string',
      description: 'For the estimate of the cost',
      valueHint: 'PRICE',
    },
    yes: { type: 'boolean', description: 'Do not ask before an endpoint is paid' },
    rollback: { type: 'boolean', description: 'Go back to the vectors that were in use before, in seconds' },
    'drop-retired': { type: 'boolean', description: 'Delete the vectors that are not in use any more' },
  },
  run: ({ args }) => {
    const config = readConfig(args);
    const price = priceOf(args['price-per-million-tokens']);
    if (args.rollback && args['drop-retired'])
      throw new AppError('invalid-input', 'Use --rollback or --drop-retired, not both.');
    return withOperator(config, operator => {
      if (args.rollback) return rollBack(operator, args.json);
      if (args['drop-retired']) return dropRetired(operator, args.json);
      return build(operator, config, { json: args.json, estimate: args.estimate, yes: args.yes, price });
    });
  },
});
