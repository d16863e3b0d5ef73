/// How the report looks on screens, light and dark, and on paper.
///
/// It holds none of the characters that HTML escapes.
let styleSheet = """

  :root {
    --paper: #ffffff; --ink: #1a1a1a; --quiet: #585858; --rule: #1a1a1a; --hair: #dedede;
    --link: #0b57a4; --alarm: #a3160f; --alarm-paper: #fcefed; --band: #f6f6f4;
    --strong: #a84300; --strong-paper: #fdeee3; --calm: #00598c; --calm-paper: #e6f1f8;
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0 auto; padding: 2.5rem 1.5rem 3rem; max-width: 78rem;
    background: var(--paper); color: var(--ink);
    font: 1rem/1.5 Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Times New Roman',
      'Liberation Serif', serif;
  }
  header p, section p, dd, nav, footer { max-width: 46rem; }
  h1 { margin: 0 0 0.5rem; font-size: 1.9rem; line-height: 1.2; font-weight: 600; }
  h2 {
    margin: 2.75rem 0 0.75rem; padding-top: 0.6rem; border-top: 1px solid var(--hair);
    font-size: 1.3rem; line-height: 1.25; font-weight: 600;
  }
  h1, h2 { text-wrap: balance; }
  p { margin: 0 0 0.75rem; }
  a { color: var(--link); text-decoration: none; }
  a:hover { text-decoration: underline; }
  code { font: 0.82em ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace; }
  cite { color: var(--quiet); font-style: normal; }
  nav ol { margin: 1.25rem 0 0; padding-left: 1.4rem; }
  dt { margin-top: 0.6rem; font-weight: 600; }
  dt code { font-weight: 400; color: var(--quiet); }
  dd { margin: 0; }
  footer {
    margin-top: 3rem; padding-top: 0.6rem; border-top: 1px solid var(--hair);
    color: var(--quiet); font-size: 0.85rem;
  }

  .scroll { overflow-x: auto; margin-top: 1.25rem; }
  table {
    border-collapse: collapse; border-bottom: 1.5px solid var(--rule);
    font: 0.8125rem/1.35 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif;
    font-variant-numeric: tabular-nums lining-nums;
  }
  caption { padding-bottom: 0.45rem; text-align: left; font-size: 0.875rem; }
  caption span {
    display: inline-block; position: sticky; left: 0; max-width: min(62rem, 100vw - 2rem);
  }
  th, td { padding: 0.2rem 0.65rem; text-align: right; vertical-align: baseline; font-weight: 400; }
  td { white-space: nowrap; }
  th:first-child, td:first-child { padding-left: 0.1rem; }
  .leading, thead .label, tbody th { text-align: left; }
  thead th { vertical-align: bottom; font-weight: 600; }
  thead tr:first-child th, thead tr:first-child td { border-top: 1.5px solid var(--rule); }
  thead tr:last-child th { border-bottom: 1px solid var(--rule); padding-bottom: 0.35rem; }
  thead tr:last-child th { min-width: 5.2rem; }
  .spans th { padding-top: 0.35rem; padding-bottom: 0; text-align: center; }
  .spans th::after {
    content: ''; display: block; margin-top: 0.3rem; border-bottom: 1px solid var(--quiet);
  }
  th.first, td.first { padding-left: 1.3rem; }
  .spans th span { display: block; max-width: 15rem; margin: 0 auto; text-wrap: balance; }
  .spans th small { display: block; font-size: 1em; font-weight: 400; }
  tbody th { min-width: 12rem; }
  tbody tr:first-child th, tbody tr:first-child td { padding-top: 0.4rem; }
  tbody tr:last-child th, tbody tr:last-child td { padding-bottom: 0.4rem; }
  tbody tr:hover th, tbody tr:hover td { background: var(--band); }
  .heading th, .heading td { padding-top: 0.55rem; font-weight: 600; }
  .indented th, .indented th:first-child { padding-left: 1.1rem; }
  .nested th, .nested th:first-child { padding-left: 2.2rem; }
  td sup { display: inline-block; width: 0; overflow: visible; }
  sup { font-size: 0.72em; line-height: 0; }
  .notes { margin-top: 0.5rem; color: var(--quiet); font-size: 0.8125rem; line-height: 1.4; }
  .notes p { max-width: 62rem; margin: 0 0 0.15rem; }
  .notes sup { margin-right: 0.2em; }
  .notes b { font-weight: 600; color: var(--ink); }
  .notes .warning b, .alarm, .differs b { color: var(--alarm); }
  .differs th, .differs td { background: var(--alarm-paper); }
  .checks b { font-weight: 400; }
  .checks .differs b { font-weight: 600; }
  .checks .verdict { white-space: normal; min-width: 16rem; }
  td.prose { white-space: normal; min-width: 13rem; max-width: 24rem; }
  .badge {
    display: inline-block; padding: 0 0.5em; border: 1px solid; border-radius: 0.7em;
    font-weight: 600; white-space: nowrap; color: var(--quiet);
  }
  .badge.strong { color: var(--strong); background: var(--strong-paper); }
  .badge.calm { color: var(--calm); background: var(--calm-paper); }
  .failure { padding: 0.6rem 0.9rem; border-left: 4px solid var(--alarm); }
  .failure { background: var(--alarm-paper); }
  .failure b { color: var(--alarm); }
  details summary { cursor: pointer; color: var(--link); }

  figure { margin: 1.75rem 0 0; overflow-x: auto; }
  figure svg { display: block; max-width: 100%; min-width: 44rem; height: auto; }
  figcaption { margin-top: 0.4rem; font-size: 0.875rem; }

  @media (max-width: 40rem) {
    body { padding: 1.25rem 1rem 2rem; }
    h1 { font-size: 1.5rem; }
    .spans th { text-align: left; }
    .spans th span { margin: 0; }
    th, td { padding-left: 0.5rem; padding-right: 0.5rem; }
    tbody th, thead .label, thead td:first-child {
      position: sticky; left: 0; min-width: 8rem; max-width: 9.5rem; background: var(--paper);
    }
  }
  @media (prefers-color-scheme: dark) {
    @media screen {
      :root {
        --paper: #15171a; --ink: #e4e4e1; --quiet: #a5a5a0; --rule: #b9b9b5; --hair: #3a3d41;
        --link: #7db7ee; --alarm: #ff9a8f; --alarm-paper: #33201e; --band: #1e2125;
        --strong: #ffab73; --strong-paper: #3a2413; --calm: #86c5f0; --calm-paper: #15293a;
      }
      svg .paper { fill: var(--paper); }
      svg .ink { fill: var(--ink); }
      svg .halo { stroke: var(--paper); }
      svg .grid { stroke: #303338; }
      svg .axis { stroke: var(--quiet); }
      svg circle, svg path:not(.cell), svg rect:not(.paper):not(.cell), svg line:not([class]) {
        filter: brightness(1.3);
      }
    }
  }
  @media print {
    @page { size: A4; margin: 16mm 14mm; }
    body { max-width: none; padding: 0; font-size: 9.5pt; }
    a { color: inherit; }
    nav { display: none; }
    h2 { break-after: avoid; }
    .scroll, figure { overflow: visible; }
    table { font-size: 7.2pt; }
    caption, .notes, figcaption { font-size: 8pt; }
    th, td { padding: 0.12rem 0.4rem; }
    th.first, td.first { padding-left: 0.9rem; }
    .checks .verdict { min-width: 0; }
    thead { display: table-header-group; }
    thead tr:last-child th { min-width: 0; }
    tbody th { min-width: 0; }
    tr, figure, .notes p, dd { break-inside: avoid; }
    dt { break-after: avoid; }
    figure svg { min-width: 0; max-height: 235mm; }
    details::details-content { content-visibility: visible; block-size: auto; }
    details summary { display: none; }
  }

  """
