/** z of a 95% interval. */
const Z = 1.96;

/**
 * The 95% interval of a share `good` of `all`, after Wilson (1927), which stays honest for few: 3 of 3 is 44% to 100%.
 * Undefined when there is nothing to tell from.
 */
export function wilsonInterval(good: number, all: number): { low: number; high: number } | undefined {
  if (all <= 0) return undefined;
  const share = good / all;
  const scale = 1 + Z ** 2 / all;
  const centre = (share + Z ** 2 / (2 * all)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / all + Z ** 2 / (4 * all ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
