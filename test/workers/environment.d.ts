/** What the Workers runtime brings to the tests, typed by hand: its own types redefine globals that Node's define. */
declare module 'cloudflare:workers' {
  import type { Bindings } from '../../src/present/worker/environment.ts';

  export const env: Bindings & {
    TEST_MIGRATIONS: import('@cloudflare/vitest-pool-workers').D1Migration[];
    WHYFACE_REQUESTS_PER_MINUTE: string;
  };
  export const exports: { default: { fetch(request: Request): Promise<Response> } };
}

declare module 'cloudflare:test' {
  export const applyD1Migrations: (
    database: import('@cloudflare/workers-types').D1Database,
    migrations: import('@cloudflare/vitest-pool-workers').D1Migration[],
  ) => Promise<void>;
  /** Empties all storage. */
  export const reset: () => Promise<void>;
}
