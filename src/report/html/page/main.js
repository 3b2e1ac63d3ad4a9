import { fragmentOf, placeOf } from './address.js';
import { Grid } from './grid.js';
import { Panel } from './panel.js';
import { nextOf, select } from './selection.js';
import { Toolbar } from './toolbar.js';

const parsed = new Map();

/** What an element of data holds; parsed when it is first asked for. */
function data(id) {
  if (!parsed.has(id)) parsed.set(id, JSON.parse(document.getElementById(id).textContent));
  return parsed.get(id);
}

const index = data('index');
const toolbar = new Toolbar(index, () => refresh());
const grid = new Grid(index, document.getElementById('grid'), open, (group) => toolbar.fold(group));
const panel = new Panel(index, (target) => data(`target-${target}`), step, close);
let selection;

function refresh() {
  selection = select(index, toolbar.filter);
  grid.show(selection, toolbar.filter.signs);
  toolbar.tell(selection);
}

/** Shows what the address leads to. */
function follow() {
  const place = placeOf(index, location.hash);
  if (!place) {
    panel.close();
    return;
  }
  grid.activate(place);
  panel.open(place);
}

function open(place) {
  const fragment = fragmentOf(index, place);
  if (fragment !== location.hash) history.pushState(null, '', fragment);
  follow();
}

function step(by) {
  const next = nextOf(index, selection, toolbar.filter.signs, placeOf(index, location.hash) ?? { probe: 0 }, by);
  if (next) open(next);
}

function close() {
  history.pushState(null, '', location.pathname + location.search);
  panel.close();
  grid.focus();
}

// The anchors are for readers without a script; with one, an address opens the panel and does not scroll the page.
for (const anchor of document.querySelectorAll('[id^="cell="]')) anchor.removeAttribute('id');
document.getElementById('grid').before(toolbar.node);
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  const place = link && placeOf(index, link.getAttribute('href'));
  if (!place) return;
  event.preventDefault();
  open(place);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.closest('input, select, textarea')) return;
  event.preventDefault();
  document.getElementById('by-text').focus();
});
// On paper nothing can be opened.
addEventListener('beforeprint', () => {
  for (const finding of document.querySelectorAll('.finding')) finding.open = true;
});
addEventListener('popstate', follow);
refresh();
if (placeOf(index, location.hash)) {
  scrollTo(0, 0);
  follow();
}
