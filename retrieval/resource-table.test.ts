import { describe, expect, it } from 'vitest';
import type { IndexedResource } from './lexical-index.ts';
import { createResourceTable } from './resource-table.ts';
import type { SegmentUnits } from './segment.ts';

const STAGES = ['primary', 'junior', 'senior', 'higher', 'vocational', 'lifelong'];

function resource(n: number): IndexedResource {
  const language = n % 2 === 0 ? 'zh-Hant' : 'en';
  const stage = STAGES[n % STAGES.length]!;
  return { id: `r${n}`, versionId: '1', language, stage, subject: null, type: 'lesson', group: 0 };
}

const TOTAL = 60;
const filled = () => createResourceTable(Array.from({ length: TOTAL }, (_, n) => resource(n)));
const slots = Array.from({ length: TOTAL + 5 }, (_, slot) => slot);

/** A closed segment with the resources of some slots, each of two units and no passage. */
function segmentOf(slotsOfIt: number[]): SegmentUnits {
  const unitCount = 2 * slotsOfIt.length;
  const layout = new Uint32Array(unitCount);
  const ids = new Float64Array(unitCount);
  for (const [i, slot] of slotsOfIt.entries()) {
    layout[2 * i + 1] = 2 * i + 2;
    ids[2 * i] = slot;
  }
  const firstOf = Uint32Array.from({ length: unitCount }, (_, unit) => unit & ~1);
  const lists = new Uint8Array();
  const none = { totalResourceLength: 0, totalPassageLength: 0, resourceCount: slotsOfIt.length };
  return { ...none, unitCount, firstOf, layout, ids, lists } as SegmentUnits;
}

describe('the resources of an index', () => {
  it('wants those that are named, as far as they fit and are there', () => {
    const table = filled();
    table.remove('r6');
    const named = ['r2', 'r3', 'r4', 'r6', 'unknown'];
    const { isWanted, firstsIn } = table.wanted({ language: 'zh', resourceIds: named }, ['r4']);
    expect(slots.filter(isWanted)).toEqual([2]);
    expect([...firstsIn!(segmentOf([0, 2, 4, 6]))]).toEqual([2]);
    expect(slots.filter(table.wanted({ resourceIds: [] }).isWanted)).toEqual([]);
  });

  it('wants what fits and is not left out', () => {
    const table = filled();
    const { isWanted } = table.wanted({ language: 'zh' }, ['r0', 'r3', 'unknown']);
    expect(slots.filter(isWanted)).toEqual(slots.filter(n => n > 0 && n < TOTAL && n % 2 === 0));
    expect(slots.filter(table.wanted().isWanted)).toEqual(slots.slice(0, TOTAL));
  });

  it('knows at once what came, changed and went', () => {
    const table = filled();
    const slot = table.reserve();
    expect(table.wanted().isWanted(slot)).toBe(false);
    table.remove('r6');
    table.put(slot, { ...resource(6), stage: 'preschool' });
    expect(slots.filter(table.wanted({ stage: 'preschool' }).isWanted)).toEqual([slot]);
    expect(table.wanted({ stage: 'primary' }).isWanted(6)).toBe(false);
    expect(table.find('r6')?.stage).toBe('preschool');
    expect([table.remove('r6'), table.remove('r6'), table.size()]).toEqual([true, false, TOTAL - 1]);
  });

  it('looks up what few fit, and remembers it of a segment that is closed', () => {
    const table = filled();
    const segment = segmentOf([5, 12, 13, 18, 40]);
    expect(table.wanted({ language: 'en' }).firstsIn).toBeUndefined();
    const primary = () => table.wanted({ stage: 'primary' }).firstsIn!(segment);
    expect([...primary()]).toEqual([2, 6]);
    expect(primary()).toBe(primary());
    expect([...table.wanted({ stage: 'lifelong' }).firstsIn!(segment)]).toEqual([0]);
    expect(table.wanted({ stage: 'primary', subject: 'Art' }).firstsIn!(segment)).toHaveLength(0);
  });
});
