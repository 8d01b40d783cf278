import { html, raw } from 'hono/html';
import { cellText, printable } from './cell-text.ts';
import type { EvaluationReport, ReportTable } from './evaluation-report.ts';
import { plotSvg } from './plot-svg.ts';

type Markup = ReturnType<typeof html>;

const tableMarkup = ({ id, title, columns, rows, notes }: ReportTable): Markup => html`
<section>
<h2 id="${id}">${printable(title)}</h2>
<div class="wide"><table aria-labelledby="${id}">
<thead><tr>${columns.map(({ label, kind }) => html`<th scope="col" class="${kind === 'text' ? 't' : 'n'}">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
  (
    row,
  ) => html`<tr>${columns.map((column, index) => html`<td class="${column.kind === 'text' ? 't' : 'n'}">${printable(cellText(row[index] ?? null, column))}</td>`)}</tr>
`,
)}</tbody></table></div>
${(notes ?? []).map((note) => html`<p class="note">${printable(note)}</p>`)}
</section>`;

/** The report as one file: no script, nothing fetched, plots as SVG. */
export const htmlReport = async (report: EvaluationReport): Promise<string> => {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${printable(report.title)} – whyface eval</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${printable(report.title)}</h1>
<p class="note">whyface ${report.version}, eval ${report.command}</p>
${report.tables.map(tableMarkup)}
${report.plots.map((plot) => html`<figure><figcaption>${printable(plot.title)}</figcaption>${raw(plotSvg(plot))}</figure>`)}
${report.notes.length === 0 ? '' : html`<section><h2>Notes</h2><ul>${report.notes.map((note) => html`<li>${printable(note)}</li>`)}</ul></section>`}
${report.problems.length === 0 ? '' : html`<section><h2>About the input</h2><ul>${report.problems.map(({ code, where, examples, count, treatment }) => html`<li><code>${code}</code> in ${printable(where)}: ${count} (${examples.map(printable).join(', ')}${count > examples.length ? ', …' : ''}). ${treatment}</li>`)}</ul></section>`}
<section><h2>What went in</h2>
<table><thead><tr><th class="t">file</th><th class="t">sha256</th></tr></thead><tbody>${report.inputs.map(({ path, sha256 }) => html`<tr><td class="t">${printable(path)}</td><td class="t"><code>${sha256.slice(0, 16)}</code></td></tr>`)}</tbody></table>
<pre>${JSON.stringify(report.parameters, null, 2)}</pre></section>
</main>
</body>
</html>
`;
  return String(await page);
};

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d5dbe3; --paper: #fff; --accent: #2a6f97; --second: #b5532d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #37404c; --paper: #14181e; --accent: #74b3d6; --second: #e59a77; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; } th { color: var(--soft); font-weight: 600; }
.t { text-align: left; } .n { text-align: right; } .note { color: var(--soft); margin: .3rem 0; max-width: 60rem; }
figure { margin: 2rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; } svg { max-width: 100%; height: auto; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .soft { fill: var(--soft); } pre { overflow-x: auto; color: var(--soft); }
`;
