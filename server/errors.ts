import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorCode } from '../library/errors.ts';

const STATUS = {
  'invalid-input': 400,
  'unreadable-resource': 422,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-possible': 409,
  'rate-limited': 429,
  'model-unavailable': 503,
  'model-misbehaved': 502,
  'library-busy': 503,
  stopped: 409,
} satisfies Record<ErrorCode, number>;

/** What Postgres says when a value cannot be what the column needs, such as an id that is no uuid. */
const INVALID_TEXT_REPRESENTATION = '22P02';

interface Description {
  status: number;
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

/** Details go along where the request is at fault, so that the UI can say in its own words what is wrong with it. */
function describeOwn({ code, message, details }: AppError): Description {
  const status = STATUS[code];
  return { status, code, message, ...(details && status < 500 && { details }) };
}

function describe(error: FastifyError | AppError): Description {
  if (error instanceof AppError) return describeOwn(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map(
      ({ instancePath, message }) => `${instancePath.slice(1) || 'body'}: ${message}`,
    );
    return { status: 400, code: 'invalid-input', message: `The request is not valid. ${faults.join('; ')}.` };
  }
  if (error.code === INVALID_TEXT_REPRESENTATION) {
    return { status: 404, code: 'not-found', message: 'There is nothing with this id.' };
  }
  const status = error.statusCode ?? 500;
  if (status === 429) {
    return { status, code: 'rate-limited', message: 'Too many requests. Wait a minute and try again.' };
  }
  if (status < 500) return { status, code: 'invalid-input', message: error.message };
  return {
    status,
    code: 'internal',
    message: 'Something went wrong here. Nothing was lost; try again in a moment.',
  };
}

/** One error body for every route; what is not meant for users is logged whole and shown as "internal". */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    // The reader went away in the middle of a stream: nothing is wrong here, and nobody is left to answer.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return reply;
    const { status, ...said } = describe(error);
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return reply.status(status).send({ error: { ...said, requestId: request.id } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send({
      error: {
        code: 'not-found',
        message: `There is nothing at ${request.method} ${request.url}.`,
        requestId: request.id,
      },
    }),
  );
}
