import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** A reason that the code can give, with `{}` for what is filled in; without a text where the code does not show it. */
export interface FoundReason {
  place: string;
  text?: string;
}

interface Node {
  type: string;
  start: number;
  // biome-ignore lint/suspicious/noExplicitAny: a syntax tree has a hundred shapes
  [part: string]: any;
}
interface Scope {
  path: string;
  constants: Map<string, Node>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['ingestion', 'library', 'server/routes/uploads.ts'];
/** Names of what holds a reason: properties, constants, parameters, and functions that return one. */
const HOLDS = /^(?:reason|leftOut|fault)$/;
const RETURNS = /^(?:reason|fault)Of$/;

/**
 * Every reason in the code, found by how it is written: the message of an `unreadable-resource`, and what is called a
 * `reason`, `fault` or `leftOut`.
 */
export function reasonsInCode(): FoundReason[] {
  const trees = sourceFiles().map(path => {
    const source = readFileSync(`${ROOT}${path}`, 'utf8');
    return { path, source, tree: parseSync(path, source).program as unknown as Node };
  });
  // What a file imports is written in capitals.
  const shared = [...constantsOf(trees.map(({ tree }) => tree))].filter(([name]) => /^[A-Z_]+$/.test(name));
  const takers = new Map<string, Set<number>>();
  for (const { tree } of trees) each(tree, node => noteTaker(node, takers));
  const found: FoundReason[] = [];
  for (const { path, source, tree } of trees) {
    const scope = { path, constants: new Map([...shared, ...constantsOf([tree])]) };
    each(tree, node => {
      const line = source.slice(0, node.start).split('\n').length;
      for (const value of valuesIn(node, takers)) {
        for (const text of textsOf(value, scope))
          found.push({ place: `${path}:${line}`, ...(text !== undefined && { text }) });
      }
    });
  }
  // What begins with a semicolon is the end of another.
  return found.filter(({ text }) => text === undefined || (!text.startsWith(';') && /[a-z]/i.test(text)));
}

function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...SOURCES], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter(path => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))
    .filter(path => !/reembedding|build-space/.test(path));
}

function each(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const part of node) each(part, visit);
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node) visit(node as Node);
    for (const part of Object.values(node)) each(part, visit);
  }
}

function constantsOf(trees: Node[]): Map<string, Node> {
  const constants = new Map<string, Node>();
  each(trees, ({ type, id, init }) => {
    if (type === 'VariableDeclarator' && id.type === 'Identifier' && init) constants.set(id.name, init);
  });
  return constants;
}

/** Functions with a parameter `reason`, by name: what they are called with is one. */
function noteTaker(node: Node, takers: Map<string, Set<number>>): void {
  const made = node.type === 'VariableDeclarator' ? node.init : node;
  const name = node.id?.name;
  if (typeof name !== 'string' || !Array.isArray(made?.params)) return;
  for (const [i, parameter] of made.params.entries()) {
    if (HOLDS.test(parameter.name ?? '')) takers.set(name, (takers.get(name) ?? new Set()).add(i));
  }
}

/** The expressions of a node that are reasons. */
function valuesIn(node: Node, takers: Map<string, Set<number>>): Node[] {
  switch (node.type) {
    case 'NewExpression': {
      const [code, message] = node.arguments;
      return node.callee.name === 'AppError' && code?.value === 'unreadable-resource' ? [message] : [];
    }
    case 'Property':
      return (HOLDS.test(node.key.name) && !node.shorthand) || isCustomIssue(node) ? [node.value] : [];
    case 'ObjectExpression': {
      const named = propertyOf(node, 'name');
      return named && propertyOf(node, 'format') ? [named] : [];
    }
    case 'VariableDeclarator':
      return HOLDS.test(node.id.name ?? '') && node.init ? [node.init] : [];
    case 'CallExpression':
      return [...(takers.get(node.callee.name) ?? [])].flatMap(i => node.arguments[i] ?? []);
    case 'FunctionDeclaration': {
      const returned: Node[] = [];
      if (RETURNS.test(node.id.name))
        each(node.body, part => part.type === 'ReturnStatement' && returned.push(part.argument));
      return returned;
    }
    default:
      return [];
  }
}

function propertyOf(object: Node, name: string): Node | undefined {
  return object.properties.find((property: Node) => property.key?.name === name)?.value;
}

/** The sentence of a schema. */
function isCustomIssue(node: Node): boolean {
  return node.key.name === 'message' && /is not a/.test(JSON.stringify(node.value));
}

/** What an expression can come to. What only passes on a reason of elsewhere comes to nothing. */
function textsOf(node: Node, scope: Scope, depth = 0): (string | undefined)[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return node.expressions.reduce(
        (texts: string[], part: Node, i: number) =>
          combine(combine(texts, filled(part, scope, depth)), [node.quasis[i + 1].value.cooked]),
        [node.quasis[0].value.cooked],
      );
    case 'BinaryExpression':
      if (node.operator !== '+') return ['{}'];
      return combine(filled(node.left, scope, depth), filled(node.right, scope, depth));
    case 'ConditionalExpression':
      return [...textsOf(node.consequent, scope, depth), ...textsOf(node.alternate, scope, depth)];
    case 'LogicalExpression':
      return [...textsOf(node.left, scope, depth), ...textsOf(node.right, scope, depth)];
    case 'Identifier': {
      const constant = scope.constants.get(node.name);
      if (constant && depth < 3) return textsOf(constant, scope, depth + 1);
      return HOLDS.test(node.name) || node.name === 'undefined' ? [] : [undefined];
    }
    case 'MemberExpression': {
      const table = scope.constants.get(node.object.name);
      if (table?.type !== 'ObjectExpression') return [];
      return table.properties.flatMap((property: Node) => textsOf(property.value, scope, depth + 1));
    }
    case 'CallExpression':
    case 'ArrayExpression':
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ObjectExpression':
    case 'AwaitExpression':
      return [];
    default:
      return [undefined];
  }
}

/** What stands for an expression within a text: its own texts where the code shows them, else a gap. */
function filled(part: Node, scope: Scope, depth: number): string[] {
  const known = textsOf(part, scope, depth).filter(text => text !== undefined);
  // A constant that can only be empty is a default.
  return known.join('') === '' ? ['{}'] : known;
}

function combine(beginnings: (string | undefined)[], ends: string[]): string[] {
  return beginnings.flatMap(beginning => ends.map(end => `${beginning ?? '{}'}${end}`));
}
