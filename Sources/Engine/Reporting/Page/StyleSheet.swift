/// How pages look on screens, light and dark, and on paper.
///
/// It holds none of the characters that HTML escapes.
let styleSheet =
  pageStyle + tableStyle + figureStyle + narrowStyle + darkStyle + printStyle

/// The page, its contents beside it, and its text.
private let pageStyle = """

  :root {
    color-scheme: light dark;
    --paper: #ffffff; --ink: #1a1a1a; --quiet: #585858; --rule: #1a1a1a; --hair: #dedede;
    --link: #0b57a4; --alarm: #a3160f; --alarm-paper: #fcefed; --band: #f4f4f1;
    --strong: #a84300; --strong-paper: #fdeee3; --calm: #00598c; --calm-paper: #e6f1f8;
    --sans: 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif;
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
  body {
    margin: 0 auto; padding: 2rem 2rem 3rem; max-width: 80rem;
    background: var(--paper); color: var(--ink); overflow-wrap: break-word;
    font: 1rem/1.5 Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Times New Roman',
      'Liberation Serif', serif;
  }
  .skip { position: absolute; left: -99rem; }
  .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.3rem 0.6rem; }
  :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
  header p, section p, dd, footer { max-width: 46rem; }
  .kicker { margin: 0 0 0.4rem; color: var(--quiet); font: 0.8125rem/1.4 var(--sans); }
  h1 { margin: 0 0 0.5rem; font-size: 1.8rem; line-height: 1.2; font-weight: 600; }
  h2 {
    margin: 2.5rem 0 0.6rem; padding-top: 0.6rem; border-top: 1px solid var(--hair);
    font-size: 1.3rem; line-height: 1.25; font-weight: 600;
  }
  h3 { margin: 1.6rem 0 0.4rem; font-size: 1.05rem; line-height: 1.3; font-weight: 600; }
  main section:first-child h2 { margin-top: 0; border-top: 0; padding-top: 0; }
  h1, h2, h3 { text-wrap: balance; }
  p { margin: 0 0 0.75rem; }
  ul { padding-left: 1.2rem; }
  a { color: var(--link); text-decoration: none; }
  a:hover, nav a:focus-visible { text-decoration: underline; }
  code { font: 0.82em ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace; }
  cite { color: var(--quiet); font-style: normal; }
  dt { margin-top: 0.6rem; font-weight: 600; }
  dt code { font-weight: 400; color: var(--quiet); }
  dd { margin: 0; }
  .facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1.2rem; }
  .facts dt { margin: 0; }
  footer {
    margin-top: 3rem; padding-top: 0.6rem; border-top: 1px solid var(--hair);
    color: var(--quiet); font-size: 0.85rem;
  }
  .failure { padding: 0.6rem 0.9rem; border-left: 4px solid var(--alarm); }
  .failure { background: var(--alarm-paper); }
  .failure b { color: var(--alarm); }
  details summary { cursor: pointer; color: var(--link); }

  nav { margin: 1.25rem 0 2rem; font: 0.8125rem/1.35 var(--sans); }
  nav h2 { margin: 0 0 0.4rem; border: 0; padding: 0; font-size: 0.8125rem; color: var(--quiet); }
  nav ol { margin: 0; padding: 0; list-style: none; }
  nav a { display: block; padding: 0.22rem 0.6rem; border-left: 2px solid var(--hair); }
  nav small { display: block; font-size: 0.75rem; color: var(--quiet); }
  nav [aria-current] { border-left-color: var(--link); font-weight: 600; }
  @media screen and (min-width: 75rem) {
    .contents {
      max-width: 94rem; display: grid; column-gap: 2rem;
      grid-template-columns: 11rem minmax(0, 1fr);
    }
    .contents header, .contents main, .contents footer { grid-column: 2; }
    .contents nav {
      grid-column: 1; grid-row: 1 / span 3; align-self: start; position: sticky; top: 0;
      max-height: 100vh; overflow-y: auto; margin: 0; padding: 0.4rem 0 2rem;
    }
  }

  """

/// Tables with their captions, notes, and fields to search them.
private let tableStyle = """

  .scroll { overflow-x: auto; margin-top: 1.25rem; }
  table {
    border-collapse: collapse; border-bottom: 1.5px solid var(--rule);
    font: 0.8125rem/1.35 var(--sans); font-variant-numeric: tabular-nums lining-nums;
  }
  caption { padding-bottom: 0.45rem; text-align: left; font-size: 0.875rem; }
  caption span {
    display: inline-block; position: sticky; left: 0; max-width: min(62rem, 100vw - 2rem);
  }
  th, td { padding: 0.2rem 0.65rem; text-align: right; vertical-align: baseline; font-weight: 400; }
  td { white-space: nowrap; }
  th:first-child, td:first-child { padding-left: 0.1rem; }
  .leading, thead .label, tbody th { text-align: left; }
  thead th { vertical-align: bottom; font-weight: 600; text-wrap: balance; }
  thead tr:first-child th, thead tr:first-child td { border-top: 1.5px solid var(--rule); }
  thead tr:last-child th { border-bottom: 1px solid var(--rule); padding-bottom: 0.35rem; }
  thead tr:last-child th { min-width: 5.2rem; }
  thead th { position: relative; }
  thead th:hover { color: var(--link); }
  thead button { all: unset; position: absolute; inset: 0; cursor: pointer; }
  thead button:focus-visible { outline: 2px solid var(--link); }
  th[aria-sort]::after { content: ' ▲'; font-size: 0.75em; }
  th[aria-sort='descending']::after { content: ' ▼'; }
  .fits { overflow: visible; }
  .fits thead {
    position: sticky; top: 0; background: var(--paper); box-shadow: 0 1px 0 var(--rule);
  }
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
  .find { margin: 1.25rem 0 -0.75rem; font: 0.8125rem/1.4 var(--sans); color: var(--quiet); }
  .find input {
    font: inherit; width: 16rem; max-width: 60vw; padding: 0.2rem 0.4rem; color: var(--ink);
    background: var(--paper); border: 1px solid var(--quiet); border-radius: 2px;
  }
  .find output { margin-left: 0.8rem; }
  .notes { margin-top: 0.5rem; color: var(--quiet); font: 0.78rem/1.4 var(--sans); }
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

  """

/// Figures, each in a box of its own width, and what is told of their points.
private let figureStyle = """

  figure { margin: 1.75rem 0 0; overflow-x: auto; }
  figure svg { display: block; max-width: 100%; min-width: 44rem; height: auto; }
  figcaption {
    margin-top: 0.4rem; font-size: 0.875rem; position: sticky; left: 0;
    max-width: min(62rem, 100vw - 2rem);
  }
  .tip {
    position: fixed; z-index: 9; max-width: min(26rem, 100vw - 1rem); padding: 0.25rem 0.55rem;
    background: var(--ink); color: var(--paper); border-radius: 3px; pointer-events: none;
    font: 0.8125rem/1.35 var(--sans);
  }

  """

/// Telephones: the first column stays where the others are scrolled.
private let narrowStyle = """

  @media (max-width: 40rem) {
    body { padding: 1.25rem 1rem 2rem; }
    h1 { font-size: 1.5rem; }
    .spans th { text-align: left; }
    .spans th span { margin: 0; }
    th, td { padding-left: 0.5rem; padding-right: 0.5rem; }
    tbody th, thead .label, thead td:first-child {
      position: sticky; left: 0; min-width: 8rem; max-width: 9.5rem; background: var(--paper);
    }
    .facts { grid-template-columns: 1fr; }
  }

  """

private let darkStyle =
  """

  @media screen and (prefers-color-scheme: dark) {
    :root {
      --paper: #15171a; --ink: #e4e4e1; --quiet: #a5a5a0; --rule: #b9b9b5; --hair: #3a3d41;
      --link: #7db7ee; --alarm: #ff9a8f; --alarm-paper: #33201e; --band: #1e2125;
      --strong: #ffab73; --strong-paper: #3a2413; --calm: #86c5f0; --calm-paper: #15293a;
    }

  """ + FigureColours.darkStyle + "}\n"

/// Paper is light; heads of tables are on each of their pages, and no row is cut.
private let printStyle = """

  @media print {
    @page { size: A4; margin: 18mm 14mm 16mm; }
    @page wide { size: A4 landscape; }
    section:has(table.wide) { page: wide; }
    :root { color-scheme: light; }
    body { max-width: none; padding: 0; font-size: 9.5pt; }
    a { color: inherit; }
    nav, .skip, .tip, .find:not(.active) { display: none; }
    h1 { font-size: 18pt; }
    h2 { font-size: 13pt; margin-top: 16pt; }
    h2, h3 { break-after: avoid; }
    .scroll, figure { overflow: visible; }
    table { font-size: 7.2pt; }
    caption, figcaption { font-size: 8pt; }
    .notes { font-size: 7pt; break-before: avoid; }
    th, td { padding: 0.12rem 0.4rem; }
    th.first, td.first { padding-left: 0.9rem; }
    .checks .verdict { min-width: 0; }
    .scroll thead {
      display: table-header-group; position: static; break-inside: avoid; box-shadow: none;
    }
    thead tr:last-child th { min-width: 0; }
    thead button { display: none; }
    tbody th { min-width: 14em; }
    td.prose { min-width: 0; }
    tr, figure, .notes p, dd { break-inside: avoid; }
    dt, .heading { break-after: avoid; }
    figure svg { min-width: 0; max-height: 225mm; }
    details::details-content { content-visibility: visible; block-size: auto; }
    details summary { display: none; }
  }

  """
