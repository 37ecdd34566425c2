import { readFile } from 'node:fs/promises';
import type { Db } from '../../library/db.ts';

/** Ticks of /proc/PID/stat in a second: fixed at 100 on Linux, whatever the kernel's own clock. */
const TICKS = 100;

/** Processor time in ms of this process and of its database's backends. Null where /proc does not show them. */
export interface ProcessorTime {
  node: number;
  postgres: number | null;
}

/** The backends of the connections that call themselves `application`. Linux, and Postgres on this machine. */
export async function backendsOf(db: Db, application: string): Promise<number[]> {
  const { rows } = await db.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and application_name = $1',
    [application],
  );
  return rows.map(({ pid }) => pid);
}

export async function readProcessorTime(backends: number[]): Promise<ProcessorTime> {
  const { user, system } = process.cpuUsage();
  const times = await Promise.all(backends.map(backendTime));
  const known = times.filter(time => time !== null);
  const postgres = known.length < times.length ? null : known.reduce((sum, time) => sum + time, 0);
  return { node: (user + system) / 1000, postgres };
}

/** User and system time (fields 14 and 15 of proc(5)) in ms. */
async function backendTime(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (!stat?.includes('(postgres')) return null;
  // The name of the program may hold spaces; what follows its bracket does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/** Memory of this process in MB, now and at its peak (Linux; elsewhere the peak is unknown). */
export async function readMemory(): Promise<{ now: number; peak: number | null }> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const peak = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return {
    now: Math.round(process.memoryUsage.rss() / 2 ** 20),
    peak: peak ? Math.round(Number(peak) / 1024) : null,
  };
}
