import { WhyfaceError } from './error.ts';

const hasAll = <Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
  keys: readonly Key[],
): record is Record<Key, Value> => keys.every((key) => key in record);

/** A record with one value for each key, in the order of the keys. */
export const recordOf = <Key extends string, Value>(
  keys: readonly Key[],
  valueFor: (key: Key) => Value,
): Record<Key, Value> => {
  const record: Partial<Record<Key, Value>> = {};
  for (const key of keys) {
    record[key] = valueFor(key);
  }
  if (!hasAll(record, keys)) {
    throw new WhyfaceError({ code: 'internal', stage: 'config', message: 'A table is not complete.' });
  }
  return record;
};
