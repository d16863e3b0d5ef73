/// What an index needs beside the style of reports.
///
/// Like that, it holds none of the characters that HTML escapes.
let indexStyle = """
  #index button {
    all: unset; cursor: pointer; font-weight: 600; border-bottom: 1px dotted var(--quiet);
  }
  #index button:focus-visible { outline: 2px solid var(--link); }
  #index [aria-sort='ascending'] button::after { content: ' ▲'; }
  #index [aria-sort='descending'] button::after { content: ' ▼'; }
  #index th { position: sticky; top: 0; background: var(--paper); }
  #filter { font: inherit; min-width: 18rem; }
  ul { padding-left: 1.2rem; }

  """

/// Sorts the rows by a column, numbers as numbers, and shows those that hold a text.
///
/// It holds no end tag, so that it stands in a page as it is.
let indexScript = """

  'use strict';
  const body = document.querySelector('#index tbody');
  const rows = Array.from(body.rows);
  const heads = Array.from(document.querySelectorAll('#index th'));
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent;
  };
  const order = new Intl.Collator('en', { numeric: true }).compare;
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const falling = head.getAttribute('aria-sort') === 'ascending';
    heads.forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    const keys = new Map(rows.map(row => [row, value(row, column)]));
    rows.sort((a, b) => (falling ? -1 : 1) * order(keys.get(a), keys.get(b)));
    body.append(...rows);
  }));
  document.querySelector('#filter').addEventListener('input', event => {
    const text = event.target.value.toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(text);
  });

  """
