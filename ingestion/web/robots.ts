/** What a site's robots.txt says to us. */
export interface Robots {
  allows(url: URL): boolean;
  /** Seconds that it wants between two requests. */
  delay: number | undefined;
}

interface Rule {
  allow: boolean;
  pattern: string;
}

export const EVERYTHING: Robots = { allows: () => true, delay: undefined };
export const NOTHING: Robots = { allows: () => false, delay: undefined };

interface Group {
  agents: string[];
  rules: Rule[];
  delay: number | undefined;
}

/**
 * Reads a robots.txt (RFC 9309) for the agent of this name (lower case): its own groups, else those for all. The
 * longest pattern that fits decides, and to allow wins among equals.
 */
export function readRobots(text: string, agent: string): Robots {
  const groups = readGroups(text);
  const own = groups.filter(({ agents }) => agents.includes(agent));
  const ours = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = ours.flatMap(group => group.rules);
  return {
    allows: url => allows(rules, url),
    delay: ours.find(({ delay }) => delay !== undefined)?.delay,
  };
}

function readGroups(text: string): Group[] {
  const groups: Group[] = [];
  let isNaming = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, field = '', rest = ''] = /^\s*([\w-]+)\s*:([^#]*)/.exec(line) ?? [];
    const [name, value] = [field.toLowerCase(), rest.trim()];
    if (name === 'user-agent') {
      if (!isNaming) groups.push({ agents: [], rules: [], delay: undefined });
      isNaming = true;
      groups.at(-1)!.agents.push(value.toLowerCase());
      continue;
    }
    const group = groups.at(-1);
    if (!group || !['allow', 'disallow', 'crawl-delay'].includes(name)) continue;
    isNaming = false;
    if (name === 'crawl-delay') group.delay = Number(value) || 0;
    else if (value !== '') group.rules.push({ allow: name === 'allow', pattern: value });
  }
  return groups;
}

function allows(rules: Rule[], url: URL): boolean {
  const path = url.pathname + url.search;
  let best: Rule | undefined;
  for (const rule of rules) {
    if (!fits(rule.pattern, path)) continue;
    const longer = rule.pattern.length - (best?.pattern.length ?? -1);
    if (longer > 0 || (longer === 0 && rule.allow)) best = rule;
  }
  return best?.allow ?? true;
}

/** `*` stands for anything, `$` at the end for the end. In one pass, as a pattern is a stranger's. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  const last = parts.length > 1 ? parts.pop()! : undefined;
  if (!path.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1)) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (last === undefined) return !isWhole || at === path.length;
  return isWhole ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) >= 0;
}
