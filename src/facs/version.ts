/** Version of the knowledge base; part of every answer's parameters. Rises whenever a table changes. */
export const FACS_VERSION = '1';
