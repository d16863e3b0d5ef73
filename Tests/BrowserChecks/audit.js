// What a page must have for keyboards, screen readers and weak eyes: gives the faults, each a text.
(() => {
  const faults = [];
  const fault = (text, element) =>
    faults.push(element ? `${text}: ${element.textContent.trim().slice(0, 60)}` : text);

  if (document.documentElement.lang !== 'en') fault('the page has no language');
  const first = document.querySelector('a, button, input');
  if (!first || first.getAttribute('href') !== '#main') fault('the first link skips nothing');

  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) fault(`h${next} after h${level}`, heading);
    level = next;
  }
  if (document.querySelectorAll('h1').length !== 1) fault('there is not one h1');

  for (const table of document.querySelectorAll('table')) {
    if (!table.caption || !table.caption.textContent.trim()) fault('no caption', table);
    for (const head of table.querySelectorAll('th')) {
      if (!head.scope) fault('a head without scope', head);
    }
    const section = table.closest('section');
    if (section && section.id.startsWith('analysis-')) {
      const notes = table.closest('.scroll').nextElementSibling;
      if (!notes || !/Program\..*Theriac/s.test(notes.textContent)) fault('no footers', table);
    }
  }
  for (const figure of document.querySelectorAll('figure')) {
    if (!figure.querySelector('figcaption')) fault('no caption', figure);
    const drawing = figure.querySelector('svg');
    const ids = (drawing.getAttribute('aria-labelledby') || '').split(' ');
    const texts = ids.map(id => document.getElementById(id)?.textContent || '');
    if (texts.length < 2 || texts.some(text => !text)) fault('a figure without description', figure);
  }

  const ids = new Set();
  for (const element of document.querySelectorAll('[id]')) {
    if (ids.has(element.id)) fault(`twice the id ${element.id}`);
    ids.add(element.id);
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!ids.has(decodeURIComponent(link.hash.slice(1)))) fault('a link to nothing', link);
  }

  // WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for text of usual size.
  const channels = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = value => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]) =>
    0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const background = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const seen = new Set();
  for (const element of document.querySelectorAll('body *:not(svg *):not(script)')) {
    const hasText = [...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText || !element.getClientRects().length) continue;
    const pair = [channels(getComputedStyle(element).color), background(element)];
    if (seen.has(String(pair))) continue;
    seen.add(String(pair));
    const [lighter, darker] = pair.map(luminance).sort((a, b) => b - a);
    const ratio = (lighter + 0.05) / (darker + 0.05);
    if (ratio < 4.5) fault(`contrast ${ratio.toFixed(2)}`, element);
  }
  return faults;
})()
