import { badge, copyable, element } from './elements.js';
import { evidence } from './evidence.js';
import { signAt } from './selection.js';

/** A part of the panel under a heading, when it has anything to say. */
function part(title, ...contents) {
  const said = contents.flat().filter(Boolean);
  return said.length > 0 && element('section', {}, element('h3', {}, title), ...said);
}

function pairs(entries) {
  const list = entries.filter(([, value]) => value !== undefined);
  if (list.length === 0) return false;
  return element('dl', {}, ...list.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

const folded = (title, ...contents) => element('details', {}, element('summary', {}, title), ...contents);

function specLinks(spec) {
  const links = spec.map(({ ref, url }) =>
    element('li', {}, url === undefined ? ref : element('a', { href: url, rel: 'noreferrer' }, ref)),
  );
  return links.length > 0 && element('ul', { class: 'inline' }, ...links);
}

/** The proxy's own words: its log and its configuration. */
function background({ log, config }) {
  return [
    ...(log === undefined ? [] : [folded('Log of the proxy', element('pre', { tabindex: '0' }, log))]),
    ...config.map(({ path, text }) => folded(path, element('pre', { tabindex: '0' }, text))),
  ];
}

function fixOf(fix) {
  if (fix === undefined) return [];
  return [
    element('p', {}, fix.text),
    fix.config !== undefined && copyable(fix.config, 'the lines of the configuration'),
    fix.docs !== undefined && element('p', {}, element('a', { href: fix.docs, rel: 'noreferrer' }, 'Documentation')),
  ];
}

const took = ({ durationMs, attempts }) =>
  durationMs === undefined ? undefined : `${durationMs} ms${attempts === undefined ? '' : `, ${attempts} attempts`}`;

/** What is to be said of a cell: the statement first, then the cure, then what it rests on. */
function cellContents(index, { probe: p, target: t }, target) {
  const probe = index.probes[p];
  const detail = target.cells[p] ?? {};
  const sign = index.signs[signAt(index, p, t)];
  return {
    title: detail.summary ?? probe.title,
    lead: [
      sign && badge(sign),
      element('a', { href: `#probe=${encodeURIComponent(probe.id)}` }, element('code', {}, probe.id)),
      ' at ',
      element('a', { href: `#target=${encodeURIComponent(index.targets[t].id)}` }, index.targets[t].id),
    ],
    body: [
      detail.cause !== undefined &&
        element(
          'p',
          { class: 'cause' },
          detail.cause,
          detail.symptom !== undefined && element('code', {}, detail.symptom),
        ),
      detail.because !== undefined && element('p', { class: 'note' }, `Expected here: ${detail.because}`),
      detail.flaky && element('p', { class: 'note' }, 'Its tries did not agree.'),
      pairs([['Hop', detail.hop], ['Expected', detail.expected], ['Actual', detail.actual], ...(detail.values ?? [])]),
      part('Fix', fixOf(detail.fix)),
      part('Evidence', detail.evidence ? evidence(detail.evidence) : []),
      part('Reproduce', detail.reproduce !== undefined && copyable(detail.reproduce, 'the command')),
      part(
        'Background',
        element('p', {}, probe.why),
        specLinks(probe.spec),
        pairs([
          ['Level', probe.level],
          ['Took', took(detail)],
        ]),
        background(target),
      ),
    ],
  };
}

/** A target, and what stands against it. */
function targetContents(index, t, target) {
  const wrong = index.probes.flatMap((probe, p) => {
    const sign = index.signs[signAt(index, p, t)];
    if (!sign || !['fail', 'warn', 'error', 'known', 'fixed'].includes(sign.name)) return [];
    const address = `#cell=${encodeURIComponent(`${index.targets[t].id}/${probe.id}`)}`;
    return [element('li', {}, badge(sign), element('a', { href: address }, target.cells[p]?.summary ?? probe.title))];
  });
  return {
    title: index.targets[t].id,
    lead: ['Target'],
    body: [
      target.failure !== undefined && element('p', { class: 'note' }, target.failure),
      pairs(target.facts),
      part('Findings', wrong.length > 0 && element('ul', { class: 'plain' }, ...wrong)),
      part('Background', background(target)),
    ],
  };
}

/** A probe, and how the targets did. */
function probeContents(index, p) {
  const probe = index.probes[p];
  const bySign = index.signs.map((sign, i) => [sign, index.targets.filter((_, t) => signAt(index, p, t) === i)]);
  const rows = bySign
    .filter(([, targets]) => targets.length > 0)
    .map(([sign, targets]) =>
      folded(
        `${targets.length} ${sign.name}`,
        element(
          'ul',
          { class: 'plain' },
          ...targets.map(({ id }) =>
            element(
              'li',
              {},
              badge(sign),
              element('a', { href: `#cell=${encodeURIComponent(`${id}/${probe.id}`)}` }, id),
            ),
          ),
        ),
      ),
    );
  return {
    title: probe.title,
    lead: [element('code', {}, probe.id)],
    body: [element('p', {}, probe.why), pairs([['Level', probe.level]]), specLinks(probe.spec), part('Targets', rows)],
  };
}

/** The details of a cell, a target or a probe beside the matrix. */
export class Panel {
  #index;
  #details;
  #aside;
  #nav;

  /**
   * @param {(target: number) => object} details of a target, parsed when they are first asked for
   * @param {(by: 1 | -1) => void} onstep
   * @param {() => void} onclose
   */
  constructor(index, details, onstep, onclose) {
    this.#index = index;
    this.#details = details;
    this.#aside = element('aside', { id: 'panel', 'aria-labelledby': 'panel-title', hidden: true });
    this.#aside.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onclose();
    });
    const button = (name, symbol, onclick) =>
      element('button', { type: 'button', 'aria-label': name, title: name, onclick }, symbol);
    this.#nav = element(
      'nav',
      { 'aria-label': 'Findings' },
      button('Previous finding', '‹', () => onstep(-1)),
      button('Next finding', '›', () => onstep(1)),
      button('Close the details', '✕', onclose),
    );
    document.body.append(this.#aside);
  }

  #contents({ probe, target }) {
    if (target === undefined) return probeContents(this.#index, probe);
    const details = this.#details(target);
    return probe === undefined
      ? targetContents(this.#index, target, details)
      : cellContents(this.#index, { probe, target }, details);
  }

  /** @param {{ probe?: number, target?: number }} place */
  open(place) {
    const { title, lead, body } = this.#contents(place);
    const heading = element('h2', { id: 'panel-title', tabindex: '-1' }, title);
    this.#aside.replaceChildren(
      element(
        'div',
        { class: 'panel-head' },
        element('p', { class: 'lead' }, ...lead.filter(Boolean)),
        heading,
        this.#nav,
      ),
      element('div', { class: 'panel-body' }, ...body.filter(Boolean)),
    );
    this.#aside.hidden = false;
    this.#aside.scrollTop = 0;
    document.documentElement.classList.add('with-panel');
    heading.focus({ preventScroll: true });
  }

  close() {
    this.#aside.hidden = true;
    document.documentElement.classList.remove('with-panel');
  }
}
