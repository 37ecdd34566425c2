import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { registerAuth } from './auth.ts';
import type { App, RouteDeps, ServerDeps } from './deps.ts';
import { registerErrors } from './errors.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createMetrics } from './metrics.ts';
import { accountRoutes } from './routes/accounts.ts';
import { adminRoutes } from './routes/admin.ts';
import { classRoutes } from './routes/classes.ts';
import { collectionRoutes } from './routes/collections.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { healthRoutes } from './routes/health.ts';
import { ingestionRoutes } from './routes/ingestion.ts';
import { lessonPlanRoutes } from './routes/lesson-plans.ts';
import { localRoutes } from './routes/local.ts';
import { noticeRoutes } from './routes/notices.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { resourceAdminRoutes } from './routes/resources-admin.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { createRuns } from './runs.ts';

const UI = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Everything from this origin only; styles inline because KaTeX and Mantine set them on elements. */
const POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
};

/** Builds the HTTP server without listening. The list of registrations is its table of contents. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 1000 },
  });
  const metrics = createMetrics(deps.lostParts);
  const runs = createRuns({ db: deps.database.db, log: deps.log });
  const routeDeps: RouteDeps = { ...deps, runs, metrics };

  app.addHook('onRequest', async request => {
    // Commands on this machine bring the work that would have to wait.
    if (!request.url.startsWith('/api/local/')) deps.traffic.begin(request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    deps.traffic.end(request.id);
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: `${reply.statusCode}`,
    };
    metrics.requests.observe(labels, reply.elapsedTime / 1000);
  });
  // Runs end before connections close: their readers get the end of the stream.
  const housekeeping = startHousekeeping(deps);
  app.addHook('preClose', async () => {
    housekeeping.close();
    await runs.close();
  });

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerErrors(app);
  await app.register(helmet, { contentSecurityPolicy: POLICY, strictTransportSecurity: false });
  await app.register(cookie);
  registerAuth(app, { db: deps.database.readDb, localToken: deps.localToken });
  await app.register(rateLimit, { global: false });
  await app.register(compress, { encodings: ['gzip'], threshold: 2048 });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Zhujiao (助教)', version: '0.1.0' } },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });

  const routes = [
    healthRoutes,
    sessionRoutes,
    searchRoutes,
    conversationRoutes,
    lessonPlanRoutes,
    collectionRoutes,
    classRoutes,
    recommendationRoutes,
    adminRoutes,
    resourceAdminRoutes,
    accountRoutes,
    ingestionRoutes,
    uploadRoutes,
    noticeRoutes,
    localRoutes,
  ];
  for (const register of routes)
    await app.register(async instance => register(instance as unknown as App, routeDeps));
  await registerUi(app);
  return app;
}

/** The built UI; every page that is not a file is the UI's own to route. */
async function registerUi(app: FastifyInstance): Promise<void> {
  if (!existsSync(UI)) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain').send('The user interface is not built. Run: npm run build\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: UI,
    wildcard: false,
    setHeaders: (reply, path) => {
      // Files under assets/ carry a hash of their content in their name.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.get('/*', async (request, reply) => {
    if (/^\/(api|assets)\//.test(request.url)) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
