const ESCAPED = /[.*+?^${}()|[\]\\]/g;

/** A route's path as an expression: `:name` is one segment, `:name{…}` what it says, `*` the rest. */
const expressionOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(ESCAPED, '\\$&')))
      .join('/')}$`,
  );

/** Methods that some route has for this path; middleware does not count. */
export const allowedMethods = (routes: ReadonlyArray<{ method: string; path: string }>, path: string): string[] => [
  ...new Set(
    routes
      .filter((route) => route.method !== 'ALL' && route.path !== '*' && route.path !== '/*')
      .filter((route) => expressionOf(route.path).test(path))
      .map(({ method }) => method),
  ),
];
