import { useEffect, useState } from 'react';
import { followEvents } from '../api/event-stream.ts';
import type { Citation, PlanEvents, PlanReply, PlanSection } from '../api/types.ts';

/** A plan in the making: its outline, and the sections that are ready. */
export interface LivePlan {
  outline: PlanEvents['plan-outline'] | null;
  sections: PlanSection[];
  citations: Citation[];
  trouble: 'waiting' | 'closed' | null;
}

const NOTHING: LivePlan = { outline: null, sections: [], citations: [], trouble: null };
const KINDS = ['plan-outline', 'section-ready', 'plan-end'] as const;

/** Follows a plan while it is drafted; with null nothing is followed. `onEnd` gets the finished plan. */
export function usePlanStream(
  planId: string | null,
  attempt: number,
  onEnd: (plan: PlanReply) => void,
): LivePlan {
  const [live, setLive] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt follows again; onEnd may change freely
  useEffect(() => {
    setLive(NOTHING);
    if (planId === null) return;
    return followEvents<PlanEvents>(`/api/lesson-plans/${planId}/events`, KINDS, 'plan-end', {
      onEvent: (kind, data) => {
        if (kind === 'plan-end') onEnd((data as PlanEvents['plan-end']).plan);
        else if (kind === 'plan-outline') {
          setLive(before => ({ ...before, outline: data as PlanEvents['plan-outline'], trouble: null }));
        } else setLive(before => withSection(before, data as PlanEvents['section-ready']));
      },
      onTrouble: trouble => setLive(before => ({ ...before, trouble })),
    });
  }, [planId, attempt]);
  return live;
}

function withSection(live: LivePlan, { section, citations }: PlanEvents['section-ready']): LivePlan {
  const known = new Set(live.citations.map(({ n }) => n));
  const sections = live.sections.filter(({ key }) => key !== section.key);
  return {
    ...live,
    trouble: null,
    sections: [...sections, section],
    citations: [...live.citations, ...citations.filter(({ n }) => !known.has(n))],
  };
}
