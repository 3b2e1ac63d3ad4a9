import { element } from './elements.js';

/** How each mark on a line of a head is written and spoken. */
const MARKS = {
  same: ['', ''],
  dropped: ['−', 'dropped'],
  added: ['+', 'added'],
  changed: ['~', 'changed'],
  recased: ['≈', 'other case'],
};

function headRow([mark, before, after]) {
  const [symbol, word] = MARKS[mark];
  const side = (line) => element('td', { class: line === null ? 'nothing' : undefined }, line ?? '');
  return element(
    'tr',
    { class: `m-${mark}` },
    side(before),
    element(
      'td',
      { class: 'mark', title: word || undefined },
      symbol,
      word !== '' && element('span', { class: 'hush' }, ` ${word}`),
    ),
    side(after),
  );
}

/** Two heads side by side, what the proxy did to each line between them. */
function heads(title, [left, right], rows) {
  const counts = Object.entries(MARKS)
    .map(([mark, [, word]]) => [rows.filter(([one]) => one === mark).length, word])
    .filter(([count, word]) => count > 0 && word !== '')
    .map(([count, word]) => `${count} ${word}`);
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title },
    element(
      'table',
      { class: 'heads' },
      element('caption', {}, title, element('span', { class: 'aside' }, ` ${counts.join(', ') || 'unchanged'}`)),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, left),
          element('th', { scope: 'col', class: 'mark' }, element('span', { class: 'hush' }, 'change')),
          element('th', { scope: 'col' }, right),
        ),
      ),
      element('tbody', {}, ...rows.map(headRow)),
    ),
  );
}

/** A frame at its end of the proxy: the client left, the origin right, the proxy between them. */
function frameRow({ at, side, way, text, preview }) {
  const arrow = (side === 'client') === (way === 'sent') ? '→' : '←';
  const shown = element(
    'span',
    {},
    element('b', {}, `${arrow} `),
    element('span', { class: 'hush' }, `${way} `),
    text,
    preview !== '' && element('code', {}, ` ${preview}`),
  );
  return element(
    'tr',
    {},
    element('td', { class: 'time' }, at === undefined ? '' : `${at.toFixed(1)} ms`),
    element('td', {}, side === 'client' && shown),
    element('td', {}, side === 'origin' && shown),
  );
}

function frames(all) {
  const heading = ['Time', 'At the client', 'At the origin'].map((name) => element('th', { scope: 'col' }, name));
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Frames' },
    element(
      'table',
      { class: 'frames' },
      element('caption', {}, 'Frames', element('span', { class: 'aside' }, ' at both ends of the proxy')),
      element('thead', {}, element('tr', {}, ...heading)),
      element('tbody', {}, ...all.map(frameRow)),
    ),
  );
}

/** The four views, the frames and what else was seen. */
export function evidence({ request, response, frames: all, remarks }) {
  return [
    request.length > 0 && heads('Request', ['Client sent', 'Origin saw'], request),
    response.length > 0 && heads('Response', ['Origin sent', 'Client saw'], response),
    all.length > 0 && frames(all),
    remarks.length > 0 && element('ul', { class: 'remarks' }, ...remarks.map((remark) => element('li', {}, remark))),
  ];
}
