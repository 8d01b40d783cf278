/** The page with its section `## title` replaced, or added at the end. */
export const replaceSection = (page: string, title: string, body: string): string => {
  const heading = `## ${title}`;
  const section = `${heading}\n\n${body.trim()}\n`;
  const start = page.split('\n').indexOf(heading);
  if (start < 0) {
    return `${page.trimEnd()}\n\n${section}`;
  }
  const lines = page.split('\n');
  const after = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return [...lines.slice(0, start), section.trimEnd(), ...(after < 0 ? [''] : ['', ...lines.slice(after)])].join('\n');
};

/** A Markdown table. */
export const table = (head: readonly string[], rows: ReadonlyArray<readonly (string | number)[]>): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
