import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { environment, loadConfig } from '../library/config.ts';

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string | number>;
  healthcheck?: { test: string[] };
  depends_on: Record<string, { condition: string }>;
  volumes: string[];
  networks: string[];
  ports?: string[];
}

const source = readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8');
const { services, networks, volumes } = parse(source, { merge: true }) as {
  services: Record<'postgres' | 'redis' | 'migrate' | 'server' | 'worker', Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
};
const ours = [services.migrate, services.server, services.worker];

/** What Compose makes of `${NAME:-default}` when .env is empty. */
const withDefaults = (value: string | number) => `${value}`.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('docker-compose.yml', () => {
  it('gives every process every variable that the configuration reads, and no other', () => {
    for (const { environment: given } of ours) {
      expect(Object.keys(given).sort()).toEqual(Object.keys(environment.shape).sort());
    }
  });

  it('uses only variables of .env.example, each with a default', () => {
    const used = [...source.matchAll(/\$\{?(\w+)([^}]*)\}?/g)];
    expect(used.length).toBeGreaterThan(5);
    const known = Object.keys(environment.shape);
    expect(
      used.filter(([, name, fallback]) => !known.includes(name!) || !fallback?.startsWith(':-')),
    ).toEqual([]);
  });

  it('starts without a .env, in server mode and without a provider', () => {
    const env = Object.fromEntries(
      Object.entries(services.server.environment).map(([name, value]) => [name, withDefaults(value)]),
    );
    expect(loadConfig(env)).toMatchObject({
      databaseUrl: 'postgres://zhujiao@postgres:5432/zhujiao',
      redisUrl: 'redis://redis:6379',
      host: '0.0.0.0',
      port: 3000,
      chat: undefined,
      embedding: undefined,
    });
    expect(services.server.ports?.map(withDefaults)).toEqual(['127.0.0.1:3000:3000']);
  });

  it('keeps what Redis was told, on disk and in full', () => {
    const command = services.redis.command?.join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(services.redis.volumes).toEqual(['redis:/data']);
  });

  it('pins a pgvector without the index faults of its older releases', () => {
    const [, minor, patch, major] =
      services.postgres.image.match(/^pgvector\/pgvector:0\.(\d+)\.(\d+)-pg(\d+)$/) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(17);
    // 0.8.3 mended index corruption on vacuum, 0.8.4 the repair of the graph.
    expect(Number(minor) * 100 + Number(patch)).toBeGreaterThanOrEqual(804);
  });

  it('starts a process when what it needs answers and the schema is there', () => {
    expect(services.migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const { depends_on } of [services.server, services.worker]) {
      expect(depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    }
    expect(services.server.healthcheck?.test.join(' ')).toContain('/health/ready');
    expect(services.postgres.healthcheck?.test).toContain('pg_isready');
    expect(services.redis.healthcheck?.test).toContain('ping');
  });

  it('lets nobody but its own processes reach the databases', () => {
    expect(networks.storage?.internal).toBe(true);
    for (const { networks: on, ports } of [services.postgres, services.redis]) {
      expect(on).toEqual(['storage']);
      expect(ports).toBeUndefined();
    }
  });

  it('declares every volume that it mounts', () => {
    const mounted = Object.values(services).flatMap(service =>
      (service.volumes ?? []).map(volume => volume.split(':')[0]!),
    );
    expect(mounted.filter(name => !(name in volumes))).toEqual([]);
  });

  it('runs commands that exist', () => {
    const commands = readFileSync(new URL('../cli/main.ts', import.meta.url), 'utf8');
    for (const { command } of ours) expect(commands).toContain(`./commands/${command?.[0]}.ts`);
  });
});
