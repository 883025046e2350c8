const LIGHT = `
--page:#fff;--panel:#f5f6f8;--text:#1b1f24;--soft:#5b6570;--rule:#d9dee4;--accent:#0b62c4;--asphalt:#474d55;
--commanded:#0b62c4;--expert:#c4620b;--actual:#1d8a5f;--limit:#c6303a;--shade:#c6303a;--mark:#1b1f24;--mark-fill:#fff;`;

const DARK = `
--page:#14171b;--panel:#1c2127;--text:#e6e9ed;--soft:#9aa5b1;--rule:#333b44;--accent:#6cb2ff;--asphalt:#4f5761;
--commanded:#6cb2ff;--expert:#ffa657;--actual:#5fd3a0;--limit:#ff6b74;--shade:#ff6b74;--mark:#14171b;--mark-fill:#fff;`;

/**
 * The style of a report. The steps of the lateral error go from blue over yellow to red, which all kinds of eyes tell
 * apart, and they lie on asphalt that is dark by day and by night.
 */
export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:28px 32px 48px;max-width:1680px;background:var(--page);color:var(--text);
font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1,h2{line-height:1.2;overflow-wrap:anywhere;text-wrap:balance}
h1{font-size:30px;margin:2px 0 18px}
h2{font-size:20px;margin:0 0 6px}
small,.unit{font-weight:400;color:var(--soft)}
small{font-size:14px}
a{color:var(--accent)}
.brand{margin:0;color:var(--soft);font-size:14px;letter-spacing:.02em}
.on{font-weight:400;color:var(--soft)}
.facts{margin:4px 0;color:var(--soft);overflow-wrap:anywhere;max-width:110ch}
.facts strong{color:var(--text)}
.figures{display:flex;flex-wrap:wrap;gap:12px 40px;margin:0 0 16px}
.figures div{display:flex;flex-direction:column-reverse}
.figures dt{color:var(--soft);font-size:14px}
.figures dd{margin:0;font-size:26px;font-weight:600;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;margin:22px 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
td{white-space:nowrap}
th,td{padding:7px;text-align:right;border-bottom:1px solid var(--rule);vertical-align:bottom}
thead th{font-weight:600;line-height:1.25}
th:first-child{text-align:left;padding-left:0;overflow-wrap:anywhere;min-width:11em}
tbody th{font-weight:400}
.intervened .autonomy,.intervened .interventions,.unfinished .autonomy,.unfinished .completed{color:var(--limit);font-weight:600}
.hash{overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12.5px;color:var(--soft)}
figure{margin:0}
figcaption{color:var(--soft);font-size:13px;line-height:1.4;padding-top:5px}
svg{display:block;width:100%;height:auto}
.overview{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:12px;margin:22px 0 8px}
.overview a{display:flex;flex-direction:column;text-decoration:none;font-size:13px;padding-bottom:4px;overflow-wrap:anywhere}
.overview span+span{color:var(--soft)}
.overview .map{height:150px;margin-bottom:4px}
.overview a:hover span:first-of-type{text-decoration:underline}
.overview .scale-bar,.overview .centre-line{display:none}
.overview .intervention circle{r:4px;stroke-width:1.5}.overview .intervention path{display:none}
.overview .asphalt{stroke-width:6}
.overview .driven{stroke-width:3}
.episode{border-top:1px solid var(--rule);margin-top:30px;padding-top:22px}
.pictures{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin-top:14px}
.from-above{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:10px 18px;align-items:start;align-content:start}
.legend{grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px}
.legend svg{width:250px}
.legend figcaption{padding:0}
.map,.chart{background:var(--panel);border-radius:8px}
.asphalt{fill:var(--asphalt);stroke:var(--asphalt);stroke-width:5;stroke-linejoin:round}
.legend .asphalt{stroke:none}
.centre-line{fill:none;stroke:#c9cdd2;stroke-width:.8;opacity:.7}
.driven{fill:none;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.e0{stroke:#5ab8ff}.e1{stroke:#b9e2d5}.e2{stroke:#ffe066}.e3{stroke:#ff9d3b}.e4{stroke:#ff4757}
.intervention circle{fill:var(--mark-fill);stroke:#c6303a;stroke-width:2}
.intervention path{fill:none;stroke:#c6303a;stroke-width:2;stroke-linecap:round}
.start path{fill:var(--mark-fill);stroke:var(--mark);stroke-width:1.2;stroke-linejoin:round}
.scale-bar rect{fill:var(--panel);fill-opacity:.8}
.scale-bar path{fill:none;stroke:var(--soft)}
.tick{font-size:12px;fill:var(--soft);font-variant-numeric:tabular-nums}
.panel-title{font-size:13px;font-weight:600;fill:var(--text)}
.panel-title .unit{fill:var(--soft)}
.grid{stroke:var(--rule);stroke-width:1;fill:none}
.grid.zero{stroke:var(--soft);stroke-opacity:.55}
.limit{stroke:var(--limit);stroke-width:1;stroke-dasharray:5 4;fill:none}
.shaded{fill:var(--shade);fill-opacity:.13}
.moment{stroke:var(--shade);stroke-width:1.2}
.curve{fill:none;stroke-width:1.6;stroke-linejoin:round}
.plain{stroke:var(--text)}
.commanded{stroke:var(--commanded)}
.expert{stroke:var(--expert);stroke-dasharray:6 3}
.actual{stroke:var(--actual);stroke-dasharray:1.5 2.5}
.strip{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:10px;margin-top:16px}
.strip img{display:block;width:100%;border-radius:4px;image-rendering:auto}
.strip figcaption{font-variant-numeric:tabular-nums}
.notes{border-top:1px solid var(--rule);margin-top:34px;padding-top:20px}
.notes dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:12px 32px;margin:10px 0 0}
.notes dt{font-weight:600}
.notes dd{margin:0;color:var(--soft)}
@media (min-width:1400px){.pictures{grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:28px}.strip{grid-template-columns:repeat(12,minmax(0,1fr))}}
@media (max-width:640px){body{padding:18px 14px}.from-above{grid-template-columns:minmax(0,1fr)}.strip{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media print{body{padding:0;max-width:none;font-size:11pt}.overview{display:none}.episode{break-before:page;border:0;margin:0;padding:0}
figure,tr,.strip{break-inside:avoid}.scroll{overflow:visible}.map{max-height:48mm}.chart{max-height:90mm}.pictures{gap:6px;margin-top:6px}
.strip{grid-template-columns:repeat(6,minmax(0,1fr));gap:4px 6px;margin-top:8px}.strip figcaption{font-size:7.5pt;padding-top:1px}.strip br{display:none}th,td{padding:4px 6px;font-size:9pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
