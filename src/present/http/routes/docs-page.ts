/** The OpenAPI document as one page: no script, nothing fetched. */
import type { OpenAPIHono } from '@hono/zod-openapi';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const METHODS = ['get', 'post', 'put', 'delete'] as const;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '');

/** Descriptions hold `code` in backticks and nothing else of Markdown. */
const words = (text: string | undefined): string => escaped(text ?? '').replace(/`([^`]+)`/g, '<code>$1</code>');

const asJson = (value: unknown): string => escaped(JSON.stringify(value, null, 2));

const STYLE = `
:root{color-scheme:light dark;--line:#8884}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2.5rem;border-bottom:1px solid var(--line);text-transform:capitalize}
h3{font:600 1rem/1.4 ui-monospace,monospace;margin:1.5rem 0 .25rem}
h3 b{display:inline-block;min-width:4.5rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.4rem;font-size:.85rem;max-height:30rem}
code,pre{font-family:ui-monospace,monospace}summary{cursor:pointer}`;

const typeOf = (schema: unknown): string => {
  if (typeof schema !== 'object' || schema === null) {
    return '';
  }
  if ('$ref' in schema) {
    return String(schema.$ref).split('/').at(-1) ?? '';
  }
  if ('enum' in schema && Array.isArray(schema.enum)) {
    return schema.enum.join(' · ');
  }
  for (const key of ['anyOf', 'oneOf'] as const) {
    const choices: unknown = new Map(Object.entries(schema)).get(key);
    if (Array.isArray(choices)) {
      return choices.map(typeOf).filter(Boolean).join(' or ');
    }
  }
  return 'type' in schema ? [schema.type].flat().join(' or ') : '';
};

const parameterRow = (parameter: unknown): string => {
  if (typeof parameter !== 'object' || parameter === null || !('name' in parameter)) {
    return '';
  }
  const facts = new Map<string, unknown>(Object.entries(parameter));
  const schema = facts.get('schema');
  const inner = typeof schema === 'object' && schema !== null ? new Map<string, unknown>(Object.entries(schema)) : null;
  const description = facts.get('description') ?? inner?.get('description') ?? '';
  const initial = inner?.has('default') === true ? ` (default ${JSON.stringify(inner.get('default'))})` : '';
  return `<tr><td><code>${escaped(String(facts.get('name')))}</code></td><td>${escaped(String(facts.get('in')))}</td><td>${escaped(typeOf(schema))}${escaped(initial)}</td><td>${words(String(description))}</td></tr>`;
};

const section = (title: string, content: string): string =>
  content === '' ? '' : `<details><summary>${title}</summary>${content}</details>`;

const operation = (method: string, path: string, value: unknown): { tag: string; html: string } => {
  const facts = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const tags = facts.get('tags');
  const tag = Array.isArray(tags) ? String(tags[0]) : 'other';
  const parameters = facts.get('parameters');
  const rows = Array.isArray(parameters) ? parameters.map(parameterRow).join('') : '';
  const responses = facts.get('responses');
  const answers =
    typeof responses === 'object' && responses !== null
      ? Object.entries(responses)
          .map(
            ([status, answer]: [string, { description?: string }]) =>
              `<tr><td><code>${escaped(status)}</code></td><td>${words(answer.description)}</td></tr>`,
          )
          .join('')
      : '';
  const body = facts.get('requestBody');
  return {
    tag,
    html: `<h3 id="${escaped(`${method}-${path}`)}"><b>${method.toUpperCase()}</b>${escaped(path)}</h3><p>${words(String(facts.get('summary') ?? ''))}${facts.has('description') ? ` ${words(String(facts.get('description')))}` : ''}</p>${
      rows === '' ? '' : `<table>${rows}</table>`
    }${body === undefined ? '' : section('Body', `<pre>${asJson(body)}</pre>`)}${section('Answers', `<table>${answers}</table>`)}`,
  };
};

/** The page for `/docs`. */
export const docsPage = (document: Document): string => {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const found = item[method];
      return found === undefined ? [] : [operation(method, path, found)];
    }),
  );
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const schemas = document.components?.schemas ?? {};
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>whyface API</title><style>${STYLE}</style></head><body>
<h1>whyface ${escaped(document.info.version)}</h1><p>${words(document.info.description)}</p>
<p>The document itself is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Where keys are asked for they go in <code>Authorization: Bearer …</code>.</p>
${tags
  .map(
    (tag) =>
      `<h2>${escaped(tag)}</h2>${operations
        .filter((each) => each.tag === tag)
        .map(({ html }) => html)
        .join('')}`,
  )
  .join('')}
${
  Object.keys(schemas).length === 0
    ? ''
    : `<h2>Schemas</h2>${Object.entries(schemas)
        .map(([name, schema]) => section(`<code>${escaped(name)}</code>`, `<pre>${asJson(schema)}</pre>`))
        .join('')}`
}
</body></html>`;
};
