/** The same value with every Date as ISO 8601 text, which is how the API shows times. */
export type Iso<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Iso<Item>[]
    : T extends object
      ? { [Key in keyof T]: Iso<T[Key]> }
      : T;

/** Turns the Dates of a row from Postgres, at any depth, into ISO 8601 text. */
export function isoDates<T>(value: T): Iso<T> {
  if (value instanceof Date) return value.toISOString() as Iso<T>;
  if (Array.isArray(value)) return value.map(isoDates) as Iso<T>;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isoDates(inner)])) as Iso<T>;
  }
  return value as Iso<T>;
}
