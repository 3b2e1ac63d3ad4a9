import { element } from './elements.js';

function choice(label, name, options, onchange) {
  const select = element('select', { id: `by-${name}` }, element('option', { value: '' }, 'all'));
  select.append(...options.map((option) => element('option', { value: option }, option)));
  select.addEventListener('change', () => onchange(select.value));
  return [element('label', { for: `by-${name}` }, label), select];
}

/** The filters above the matrix. */
export class Toolbar {
  #filter = { text: '', signs: new Set(), group: '', proxy: '', differing: false, folded: new Set() };
  #groups;
  #onchange;
  #status = element('p', { role: 'status', class: 'aside' });
  #node;

  /** @param {() => void} onchange */
  constructor(index, onchange) {
    this.#onchange = onchange;
    this.#groups = [...new Set(index.probes.map(({ group }) => group))];
    this.#node = element('form', { class: 'toolbar', role: 'search', 'aria-label': 'Filter the matrix' });
    this.#node.addEventListener('submit', (event) => event.preventDefault());
    this.#node.append(this.#search(), ...this.#choices(index), this.#buttons(), this.#status, this.#signs(index));
  }

  get node() {
    return this.#node;
  }

  get filter() {
    return this.#filter;
  }

  /** Opens or shuts a group. */
  fold(group) {
    const { folded } = this.#filter;
    if (!folded.delete(group)) folded.add(group);
    this.#onchange();
  }

  /** Lets everything be seen again. */
  clear() {
    this.#filter = { text: '', signs: new Set(), group: '', proxy: '', differing: false, folded: new Set() };
    this.#node.reset();
    for (const button of this.#node.querySelectorAll('[aria-pressed]')) button.setAttribute('aria-pressed', 'false');
    this.#onchange();
  }

  /** Says how much is left. */
  tell({ rows, columns }) {
    const probes = rows.reduce((sum, { size = 0 }) => sum + size, 0);
    this.#status.textContent =
      probes === 0 || columns.length === 0
        ? 'Nothing fits this filter.'
        : `${probes} ${probes === 1 ? 'probe' : 'probes'} × ${columns.length} ${columns.length === 1 ? 'target' : 'targets'}`;
  }

  #set(change) {
    Object.assign(this.#filter, change);
    this.#onchange();
  }

  #search() {
    const input = element('input', {
      type: 'search',
      id: 'by-text',
      placeholder: 'Probe or target',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('input', () => this.#set({ text: input.value }));
    return element('span', { class: 'field' }, element('label', { for: 'by-text' }, 'Filter'), input);
  }

  #choices({ targets }) {
    const proxies = [...new Set(targets.map(({ proxy }) => proxy))];
    return [
      element('span', { class: 'field' }, ...choice('Group', 'group', this.#groups, (group) => this.#set({ group }))),
      element('span', { class: 'field' }, ...choice('Proxy', 'proxy', proxies, (proxy) => this.#set({ proxy }))),
    ];
  }

  #toggle(label, onpress, properties = {}) {
    const button = element('button', { type: 'button', 'aria-pressed': 'false', ...properties }, ...label);
    button.addEventListener('click', () => {
      const pressed = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(pressed));
      onpress(pressed);
    });
    return button;
  }

  #signs({ signs, cells }) {
    const count = new Map();
    for (const row of cells) for (const letter of row) count.set(letter, (count.get(letter) ?? 0) + 1);
    const buttons = signs.flatMap(({ name, symbol, meaning }, i) => {
      const found = count.get(String.fromCharCode(97 + i));
      if (!found) return [];
      const label = [element('span', { 'aria-hidden': 'true' }, symbol), ` ${name} `, element('b', {}, String(found))];
      const press = (pressed) => {
        const chosen = new Set(this.#filter.signs);
        if (pressed) chosen.add(i);
        else chosen.delete(i);
        this.#set({ signs: chosen });
      };
      return [this.#toggle(label, press, { class: `chip s-${name}`, title: meaning })];
    });
    return element('span', { class: 'field chips', role: 'group', 'aria-label': 'Verdicts' }, ...buttons);
  }

  #buttons() {
    const differing = this.#toggle(['Only differences'], (pressed) => this.#set({ differing: pressed }), {
      class: 'chip',
    });
    const fold = element('button', { type: 'button' }, 'Fold all');
    fold.addEventListener('click', () => {
      const all = this.#filter.folded.size < this.#groups.length;
      this.#set({ folded: new Set(all ? this.#groups : []) });
    });
    const clear = element('button', { type: 'button' }, 'Clear');
    clear.addEventListener('click', () => this.clear());
    return element('span', { class: 'field' }, differing, fold, clear);
  }
}
