import type { PickedItem } from './pick-items.ts';

/** The parts of JSON Schema that output schemas of agents use. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: unknown[];
  anyOf?: JsonSchema[];
}

/**
 * A value of the schema that says nothing but the extracted items: they fill every list of `{ text, passages }`, other
 * lists stay empty, texts are '', numbers 0 and truth values false.
 */
export function fillSchema(schema: JsonSchema, items: PickedItem[]): unknown {
  if (schema.anyOf) return fillSchema(schema.anyOf.at(-1)!, items);
  if (schema.enum) return schema.enum.at(-1);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, fillSchema(part, items)]),
      );
    case 'array':
      return schema.items?.properties?.text && schema.items.properties.passages ? items : [];
    case 'string':
      return '';
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}
