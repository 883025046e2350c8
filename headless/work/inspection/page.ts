import type { Markup } from '../../../evaluation/report/markup.ts';
import { pageFrame } from '../../../evaluation/report/page-frame.ts';

const OWN_STYLE = `
.findings{list-style:none;margin:18px 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:10px}
.findings li{background:var(--panel);border-radius:8px;border-left:5px solid var(--soft);padding:9px 14px;overflow-wrap:anywhere}
.findings .error{border-color:var(--limit)}.findings .warning{border-color:var(--expert)}.findings .info{border-color:var(--commanded)}
.findings b{display:block;font-weight:600}.findings span{color:var(--soft)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:16px;margin:14px 0}
.bar{fill:var(--commanded)}.bar.middle{fill:var(--expert)}
section{border-top:1px solid var(--rule);margin-top:30px;padding-top:22px}
.shots{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:12px;margin-top:14px}
.shot{position:relative}.shot img{display:block;width:100%;border-radius:4px}
.shot svg{position:absolute;left:0;top:0;width:100%;height:100%}
.wheel{fill:none;stroke:#fff;stroke-width:7;stroke-linecap:round}.wheel.under{stroke:#000;stroke-opacity:.55;stroke-width:12}
.top-mark{stroke:#ffd23f}
.filters{background:var(--panel);border-radius:8px;padding:14px;max-width:640px}
.filters img{display:block;width:100%;image-rendering:pixelated}
.spread{width:120px;display:inline-block}.left td:nth-child(2),.left th:nth-child(2){text-align:left}
`;

/** A page about a recording or a model. */
export function inspectionPage(title: string, body: Markup): string {
  return pageFrame(title, body, OWN_STYLE);
}
