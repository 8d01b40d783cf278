import type { Renderer } from '../outcome.ts';

/** An array of records, each out as soon as it is done; a valid array also when the run was cut short. */
export const createJsonRenderer = (): Renderer<{ record: object }> => {
  let count = 0;
  return {
    begin: () => '[',
    *add({ record }) {
      const text = JSON.stringify(record, null, 2).replaceAll('\n', '\n  ');
      yield `${count === 0 ? '' : ','}\n  ${text}`;
      count += 1;
    },
    end: () => (count === 0 ? ']\n' : '\n]\n'),
  };
};

/** One record a line. */
export const createJsonLinesRenderer = (): Renderer<{ record: object }> => ({
  begin: () => '',
  *add({ record }) {
    yield `${JSON.stringify(record)}\n`;
  },
  end: () => '',
});
