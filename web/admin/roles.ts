import type { Role } from '../api/types.ts';

export const ROLES = ['learner', 'teacher', 'admin'] as const satisfies readonly Role[];

export const isRole = (value: unknown): value is Role => ROLES.includes(value as Role);
