/// Sorts tables by a column, shows the rows that hold a text, marks the section that is read, and shows
/// what stands behind a point of a figure.
///
/// It holds none of the characters that HTML escapes, so that it stands in a page as it is.
let pageScript =
  """

  'use strict';
  (function () {

  """ + tableScript + searchScript + headScript + contentsScript + hoverScript + """
    })();

    """

/// A click on the head of a column sorts by it: upwards, downwards, as it was.
///
/// Rows of systems and the rows below them stay together. Numbers go before what is none.
private let tableScript = """
    const collate = new Intl.Collator('en', { numeric: true }).compare;
    const leading = /^[\\s[(\\u003c\\u003e≥≤]*([-−+]?\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?|[-−]?∞)/;
    function number(text) {
      const share = text.match(/^\\d+\\/[\\d.]+ \\((.+)\\)/);
      const found = (share ? share[1] : text).match(leading);
      if (!found) return NaN;
      const digits = found[1].replace('−', '-');
      if (digits.endsWith('∞')) return digits === '∞' ? Infinity : -Infinity;
      const bound = { '\\u003c': -1e-9, '\\u003e': 1e-9 }[text.trim()[0]];
      return parseFloat(digits) + (bound || 0);
    }
    function text(row, column) {
      const cell = row.cells[column];
      return cell ? cell.dataset.sort || cell.textContent.trim() : '';
    }
    function nodes(rows) {
      const ranks = { indented: 1, nested: 2 };
      const roots = [];
      const open = [];
      rows.forEach(function (row, place) {
        const rank = ranks[row.className] || 0;
        const parent = open.slice(0, rank).reverse().find(Boolean);
        const node = { row: row, place: place, below: [] };
        (parent ? parent.below : roots).push(node);
        open.length = rank;
        open[rank] = node;
      });
      return roots;
    }
    function inOrder(nodes, compare) {
      return nodes.sort(compare).flatMap(function (node) {
        return [node.row].concat(inOrder(node.below, compare));
      });
    }
    function comparison(rows, column, direction) {
      if (!direction) return function (a, b) { return a.place - b.place; };
      const texts = rows.map(function (row) { return text(row, column); });
      const numbers = texts.map(number);
      const isNumeric = !texts.some(function (text, row) {
        return isNaN(numbers[row]) ? !/^(NE|–|none|$)/.test(text) : false;
      });
      return function (a, b) {
        const keys = isNumeric ? numbers : texts;
        const missing = function (node) {
          return isNumeric ? isNaN(keys[node.place]) : keys[node.place] === '';
        };
        if (missing(a) !== missing(b)) return missing(a) ? 1 : -1;
        if (missing(a)) return a.place - b.place;
        const order = isNumeric
          ? Math.sign(numbers[a.place] - numbers[b.place]) : collate(texts[a.place], texts[b.place]);
        return direction * order || a.place - b.place;
      };
    }
    document.querySelectorAll('main table').forEach(function (table) {
      const body = table.tBodies[0];
      const rows = Array.from(body.rows);
      if (rows.length === 0 || rows.length === 1) return;
      const heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
      heads.forEach(function (head, column) {
        const button = document.createElement('button');
        button.type = 'button';
        button.title = 'Sort';
        button.setAttribute('aria-label', 'sort');
        // It covers the head, whose text stays outside: printed heads repeat no text of buttons.
        head.append(button);
        button.addEventListener('click', function () {
          const next = { ascending: 'descending', descending: '' };
          const state = head.getAttribute('aria-sort');
          const order = state in next ? next[state] : 'ascending';
          heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
          if (order) head.setAttribute('aria-sort', order);
          const direction = order ? (order === 'ascending' ? 1 : -1) : 0;
          const sorted = inOrder(nodes(rows), comparison(rows, column, direction));
          body.append.apply(body, sorted);
        });
      });
    });

  """

/// Above a table of many rows, a field for a text: the rows that hold it stay, with their headings.
private let searchScript = """
    const manyRows = 16;
    document.querySelectorAll('main table').forEach(function (table, index) {
      const body = table.tBodies[0];
      const rows = Array.from(body.rows);
      if (!rows[manyRows - 1]) return;
      const field = document.createElement('p');
      field.className = 'find';
      const label = document.createElement('label');
      label.textContent = 'Find rows ';
      const input = document.createElement('input');
      input.type = 'search';
      input.id = 'find-' + index;
      const count = document.createElement('output');
      label.append(input);
      field.append(label, count);
      const scroll = table.closest('.scroll');
      scroll.before(field);
      const texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
      const ranks = { indented: 1, nested: 2 };
      input.addEventListener('input', function () {
        const wanted = input.value.trim().toLowerCase();
        const open = [];
        const found = texts.map(function (text) { return text.includes(wanted); });
        rows.forEach(function (row, place) {
          const rank = ranks[row.className] || 0;
          open.length = rank;
          const isBelow = open.some(function (above) { return above.found; });
          row.hidden = !(found[place] || isBelow);
          if (found[place]) open.forEach(function (above) { above.row.hidden = false; });
          open[rank] = { row: row, found: found[place] };
        });
        const shown = rows.filter(function (row) { return !row.hidden; }).length;
        field.classList.toggle('active', wanted !== '');
        count.textContent = wanted ? shown + ' of ' + rows.length + ' rows' : '';
      });
    });

  """

/// Heads stay in view where a table is not scrolled sideways.
private let headScript = """
    const measure = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        const scroll = entry.target;
        const isWider = Math.sign(scroll.firstElementChild.offsetWidth - scroll.clientWidth) === 1;
        scroll.classList.toggle('fits', !isWider);
      });
    });
    document.querySelectorAll('.scroll').forEach(function (one) { measure.observe(one); });

  """

/// Marks the link to the section that is read in the table of contents.
private let contentsScript = """
    const contents = document.querySelector('nav');
    const links = new Map();
    document.querySelectorAll('nav a').forEach(function (link) {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (section) links.set(section, link);
    });
    const visible = new Set();
    let current = null;
    const watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        visible[entry.isIntersecting ? 'add' : 'delete'](entry.target);
      });
      const section = Array.from(links.keys()).find(function (one) { return visible.has(one); });
      if (!section || section === current) return;
      if (current) links.get(current).removeAttribute('aria-current');
      current = section;
      const link = links.get(section);
      link.setAttribute('aria-current', 'true');
      contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
    }, { rootMargin: '-10% 0px -60% 0px' });
    links.forEach(function (link, section) { watch.observe(section); });

  """

/// Shows the title of what a pointer is over in a figure, at once and beside it.
private let hoverScript = """
    const tip = document.createElement('div');
    tip.className = 'tip';
    tip.hidden = true;
    document.body.append(tip);
    let shown = null;
    function hide() {
      if (shown) shown.mark.prepend(shown.title);
      shown = null;
      tip.hidden = true;
    }
    document.addEventListener('pointerover', function (event) {
      const mark = event.target.closest ? event.target.closest('figure svg g') : null;
      if (shown ? shown.mark === mark : false) return;
      hide();
      const title = mark ? mark.querySelector(':scope title') : null;
      if (!title || title.parentNode !== mark) return;
      // The browser would show it a second time.
      title.remove();
      shown = { mark: mark, title: title };
      tip.textContent = title.textContent;
      tip.hidden = false;
      const place = mark.getBoundingClientRect();
      const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
      const middle = Math.min(Math.max(event.clientX, place.left), place.right);
      tip.style.left = Math.max(8, Math.min(middle - tip.offsetWidth / 2, room)) + 'px';
      const above = event.clientY - tip.offsetHeight - 14;
      tip.style.top = (Math.sign(above) === -1 ? event.clientY + 18 : above) + 'px';
    });
    document.addEventListener('scroll', hide, { passive: true });
    document.addEventListener('keydown', function (event) { if (event.key === 'Escape') hide(); });

  """
