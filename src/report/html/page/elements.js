/**
 * An element with its properties and contents. Text stays text: nothing is ever parsed as HTML.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] `class`, `onclick` …; what is undefined or false is left out
 * @param {...(Node | string | undefined | false)} children
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A sign with its word: never a colour alone. */
export function badge({ name, symbol }) {
  return element('span', { class: `badge s-${name}` }, element('span', { 'aria-hidden': 'true' }, symbol), ` ${name}`);
}

/** Copies by a selection, where a page from a file has no clipboard. */
function copyBySelection(text) {
  const area = element('textarea', { class: 'hush', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** Text to take along: a block of lines with a button that copies them. */
export function copyable(text, what) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async () => {
    const copied = await Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => true,
      () => copyBySelection(text),
    );
    button.textContent = copied ? 'Copied' : 'Select and copy';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  return element('div', { class: 'copyable' }, element('pre', { tabindex: '0' }, text), button);
}
