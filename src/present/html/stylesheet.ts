/** The look of the report: one column of generous width, system fonts, one accent, light and dark, and paper. */
export const STYLESHEET = `
:root{color-scheme:light dark;
--paper:#fcfbf9;--ink:#1c1d1f;--soft:#66686c;--line:#e5e2dc;--wash:#f4f2ed;--accent:#0c6b6b;--accent-wash:#0c6b6b14;--bad:#a8321f;--bad-wash:#a8321f0f;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;
--serif:ui-serif,"Iowan Old Style","Palatino Linotype",Charter,"Liberation Serif",Georgia,serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e9e7e2;--soft:#9a9b9d;--line:#2d3034;--wash:#1d2024;--accent:#5cc9bd;--accent-wash:#5cc9bd1f;--bad:#f08c78;--bad-wash:#f08c7817}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:1.5rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.6 var(--sans);font-variant-numeric:tabular-nums;text-rendering:optimizeLegibility;overflow-wrap:anywhere}
.top,main,footer{max-width:68rem;margin-inline:auto;padding-inline:clamp(1.125rem,4vw,2.5rem)}
.top{display:flex;justify-content:space-between;gap:1rem;align-items:baseline;padding-block:1.5rem;font-size:.8125rem;color:var(--soft)}
.mark{font-weight:650;letter-spacing:-.01em;color:var(--ink)}
h2,h3,p,ul,ol,dl,dd,figure{margin:0;padding:0}
h2{font:500 clamp(2.25rem,1.4rem + 3.4vw,3.5rem)/1.05 var(--serif);letter-spacing:-.022em;text-wrap:balance}
h2.abstained{color:var(--soft)}
h3{font:600 .8125rem/1.4 var(--sans);letter-spacing:.005em;color:var(--soft);margin-bottom:.875rem}
a{color:inherit}
a:focus-visible,summary:focus-visible,input:focus-visible+*,label:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
bdi{unicode-bidi:isolate}
.fine{font-size:.8125rem;line-height:1.5;color:var(--soft)}
article{padding-bottom:4rem}
article+article,.reading+.reading{border-top:1px solid var(--line);padding-top:3.5rem;margin-top:3.5rem}
.reading>*+*,article>*+section{margin-top:3.5rem}

.hero{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:clamp(1.5rem,5vw,4rem);align-items:start;padding-top:1rem}
.hero.bare{grid-template-columns:minmax(0,40rem)}
.eyebrow{font-size:.875rem;color:var(--soft);margin-bottom:.625rem}
.confidence{margin-top:.875rem;font-size:1.0625rem;font-weight:550}
.reason{margin-top:.5rem;color:var(--soft);max-width:38rem}
.scores{margin:1.75rem 0 1.25rem;display:grid;gap:.3125rem}
.scores div{display:grid;grid-template-columns:6rem 1fr;align-items:center;font-size:.875rem;color:var(--soft)}
.scores dd{display:grid;grid-template-columns:1fr 3rem;align-items:center;gap:.75rem;text-align:right}
.scores .first{color:var(--ink);font-weight:600}
.counterfactual{padding-top:2rem}.counterfactual table{margin:.75rem 0}.counterfactual td{vertical-align:top}
.meter{display:block;height:5px;border-radius:3px;background:var(--line);overflow:hidden}
.meter span{display:block;height:100%;border-radius:3px;background:var(--soft);opacity:.55}
.first .meter span{background:var(--accent);opacity:1}
.verdict details{margin:.875rem 0}
.verdict .fine+.fine{margin-top:.25rem}

.face{position:relative}
.face input{position:absolute;opacity:0;width:1px;height:1px}
.stage{position:relative;border-radius:10px;overflow:hidden;background:var(--wash);line-height:0}
.stage svg{width:100%;height:auto;display:block}
.region{fill:#1fd0be;fill-opacity:var(--level);fill-rule:evenodd;transition:fill-opacity .15s}
.rim{fill:none;stroke:#d6fffa;stroke-opacity:.5;stroke-width:calc(var(--unit)*.7)}
.marks text{font:600 calc(var(--unit)*9.5)/1 var(--sans);fill:#fff;stroke:#083f3f;stroke-opacity:.75;stroke-width:calc(var(--unit)*2.2);paint-order:stroke;text-anchor:middle;dominant-baseline:central;pointer-events:none}
.pull{stroke:#fff;stroke-width:calc(var(--unit)*1.8);stroke-linecap:round}
.tip{fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.marks a:hover .region,.marks a.lit .region,.marks a:focus-visible .region{fill:#1fd0be;fill-opacity:var(--level);fill-rule:evenodd;transition:fill-opacity .15s}
.rim{fill:none;stroke:#d6fffa;stroke-opacity:.5;stroke-width:calc(var(--unit)*.7)}
.marks text{font:600 calc(var(--unit)*9.5)/1 var(--sans);fill:#fff;stroke:#083f3f;stroke-opacity:.75;stroke-width:calc(var(--unit)*2.2);paint-order:stroke;text-anchor:middle;dominant-baseline:central;pointer-events:none}
.lines{fill:none;stroke:#fff;stroke-opacity:.6;stroke-width:calc(var(--unit)*.7)}
.dots{fill:none;stroke:#fff;stroke-opacity:.85;stroke-width:calc(var(--unit)*1.7);stroke-linecap:round}
.face input[id$="-marks"]:not(:checked)~.stage .marks,.face input[id$="-mesh"]:not(:checked)~.stage .mesh{display:none}
.edge{position:absolute;top:.625rem;font:600 .75rem/1 var(--sans);color:#fff;text-shadow:0 0 4px #000a}
.edge.right{left:.75rem}.edge.left{right:.75rem}
.switches{display:flex;gap:.375rem;margin-top:.75rem}
.switches label{font-size:.8125rem;padding:.125rem .625rem;border:1px solid var(--line);border-radius:99px;color:var(--soft);cursor:pointer;user-select:none}
.face input[id$="-marks"]:checked~.switches label[for$="-marks"],.face input[id$="-mesh"]:checked~.switches label[for$="-mesh"]{color:var(--accent);border-color:currentColor;background:var(--accent-wash)}
.face input:focus-visible~.switches{outline:2px solid var(--accent);outline-offset:3px;border-radius:99px}
figcaption{margin-top:.625rem;font-size:.8125rem;line-height:1.5;color:var(--soft)}

.maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:1.25rem;max-width:44rem}
.maps svg{width:100%;height:auto;display:block;border-radius:10px}
.maps .units{fill:#1fd0be}.maps .looks{fill:#ff8a1f}
.agreement{margin:.75rem 0 .25rem}

.timeline{border-top:1px solid var(--line)}
.row{display:grid;grid-template-columns:13.5rem minmax(0,1fr);align-items:center;border-bottom:1px solid var(--line)}
.row .name{font-size:.8125rem;line-height:1.35;color:var(--soft);padding-right:1rem}
.row .name b{display:inline-block;min-width:3.5em;color:var(--ink);font-weight:600}
.row .name i{font-style:normal;font-weight:600;color:var(--accent);white-space:nowrap}
.row svg.track{display:block;width:100%;height:2.75rem;overflow:visible}
.axis .track{position:relative;height:1.625rem}
.axis .track span{position:absolute;top:.25rem;font-size:.75rem;color:var(--soft);padding-left:.3125rem;border-left:1px solid var(--line)}
.band{fill:var(--accent);fill-opacity:.1}
a:hover>.band,a.lit>.band,a:focus-visible>.band{fill-opacity:.26}
.band.speech{fill-opacity:.45}
.area{fill:var(--accent);fill-opacity:.2;pointer-events:none}
.line{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke;pointer-events:none}
.dashed{stroke-dasharray:4 3}
.apex{stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke;pointer-events:none}
.cursor{stroke:var(--ink);stroke-opacity:.35;stroke-width:1;stroke-dasharray:2 3;vector-effect:non-scaling-stroke;pointer-events:none}
.words .track{position:relative;height:2.25rem}
.words .track a{position:absolute;top:.375rem;height:1.5rem;line-height:1.5rem;padding-inline:.5rem;border-radius:4px;background:var(--wash);font:italic .8125rem/1.5rem var(--serif);text-decoration:none;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;box-shadow:inset 2px 0 var(--accent)}
.words .track a:hover,.words .track a.lit{background:var(--accent-wash)}
.bars .row{padding-block:.4375rem}
.bars .track{display:block;height:.625rem;border-radius:5px;background:repeating-linear-gradient(90deg,transparent 0 calc(20% - 1px),var(--paper) calc(20% - 1px) 20%),var(--line);overflow:hidden}
.bars .bar{display:block;height:100%;background:var(--accent);opacity:.85}
.bars .track:hover .bar,.bars .track.lit .bar{opacity:1}
.movements .fine{margin-top:.75rem;max-width:46rem}

.argument{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2.5rem clamp(1.5rem,5vw,4rem)}
.step{display:inline-grid;place-items:center;width:1.375rem;height:1.375rem;margin-right:.375rem;border-radius:50%;background:var(--accent-wash);color:var(--accent);font-size:.75rem}
.sentences{list-style:none;display:grid;gap:.8125rem}
.sentences li{max-width:38rem}
.conclusion{grid-column:1/-1}
.conclusion p:not(.fine){font:400 clamp(1.25rem,1.1rem + .7vw,1.5rem)/1.45 var(--serif);letter-spacing:-.006em;max-width:46rem;text-wrap:pretty}
.checked{margin-top:1rem}
.label{display:inline-block;font-weight:600}
.label::after{content:":"}
.label::first-letter{text-transform:uppercase}
.cites{white-space:normal}
.chip{display:inline-block;margin-right:.1875rem;padding:0 .375rem;border-radius:4px;background:var(--accent-wash);color:var(--accent);font:500 .6875rem/1.125rem var(--mono);letter-spacing:0;text-decoration:none;vertical-align:.125em}
a.chip:hover,a.chip.lit{background:var(--accent);color:var(--paper)}
s{text-decoration-color:var(--bad);text-decoration-thickness:1.5px;color:var(--soft)}
.finding{display:block;margin-top:.3125rem;padding:.375rem .75rem;border-left:2px solid var(--bad);background:var(--bad-wash);font:400 .8125rem/1.5 var(--sans);letter-spacing:0}
.finding b{display:inline-block;color:var(--bad);font-weight:600}
.finding b::first-letter{text-transform:uppercase}
.finding b::after{content:"."}
.finding.untestable{padding:0;border:0;background:none;color:var(--soft)}
.finding.untestable b{color:inherit;font-weight:500}
.doubts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:2.25rem clamp(1.5rem,4vw,3rem);padding-top:2rem;border-top:1px solid var(--line)}
.doubts .sentences,.limits .sentences{font-size:.9375rem;line-height:1.55}

table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.5}
th,td{text-align:left;vertical-align:top;padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:.25rem}
thead th{font-weight:500;color:var(--soft);font-size:.8125rem;padding-block:.25rem .4375rem}
tbody th{font:500 .75rem/1.75 var(--mono);color:var(--accent);white-space:nowrap;padding-left:.25rem}
.verdict tbody th{font:inherit;color:inherit}
.when{white-space:nowrap;color:var(--soft)}
.number{text-align:right;color:var(--soft);white-space:nowrap}
tr:target,tr.lit{background:var(--accent-wash)}
tr:target th{box-shadow:inset 3px 0 var(--accent)}
summary{cursor:pointer;color:var(--soft);font-size:.875rem;padding-block:.625rem}
summary:hover{color:var(--ink)}
.limits{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2.25rem clamp(1.5rem,5vw,4rem);padding-top:2rem;border-top:1px solid var(--line)}
.limits .sentences{color:var(--soft)}
.made{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.375rem 1.25rem;font-size:.8125rem}
.made dt{color:var(--soft)}
.made span{display:block}
code{font:.9375em var(--mono)}
.index{list-style:none;padding-block:1rem 3rem}
.index li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,2fr);gap:1.5rem;padding-block:.625rem;border-bottom:1px solid var(--line)}
.index a{text-decoration-color:var(--line);text-underline-offset:.25em}
.index a:hover{text-decoration-color:var(--accent)}
.index span,.index .failed{color:var(--soft)}
.failed h2{font-size:1.5rem}
.failed p{margin-top:.5rem;max-width:40rem}
footer{padding-block:0 3rem;font-size:.8125rem;color:var(--soft)}
footer::before{content:"";display:block;border-top:1px solid var(--line);margin-bottom:1.5rem}

@media (max-width:52rem){
.hero,.argument,.limits{grid-template-columns:minmax(0,1fr)}
.reading>*+*,article>*+section{margin-top:2.75rem}
.row{grid-template-columns:minmax(0,1fr)}
.row .name{padding:.4375rem 0 0}
.axis span:empty{display:none}
.index li{grid-template-columns:minmax(0,1fr);gap:.125rem}
.top span:last-child{display:none}
}
@media (max-width:32rem){
.evidence thead{display:none}
.evidence tr{display:grid;grid-template-columns:2.25rem minmax(0,1fr) auto;gap:0 .625rem;padding-block:.5rem;border-bottom:1px solid var(--line)}
.evidence th,.evidence td{border:0;padding:0}
.evidence td:nth-child(2){grid-column:2/-1}
.evidence td:nth-child(3){grid-column:2;font-size:.8125rem}
.evidence td.number{font-size:.8125rem}
}
@media print{
:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--line:#ccc;--wash:#f4f4f4;--accent:#0c6b6b;--accent-wash:#0c6b6b14;--bad:#a8321f;--bad-wash:#a8321f0f}
body{font-size:10pt;line-height:1.45}
.top,main,footer{max-width:none;padding-inline:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.hero{grid-template-columns:40% 1fr}
.argument{grid-template-columns:1fr 1fr}
.switches{display:none}
h2{font-size:28pt}
.reading>*+*,article>*+section{margin-top:1.5rem}
h3{break-after:avoid}
figure,.row,li,tr,.doubts section{break-inside:avoid}
article+article{break-before:page;border:0;margin:0;padding:0}
details::details-content{content-visibility:visible;block-size:auto}
.evidence details{display:none}
}
`;
