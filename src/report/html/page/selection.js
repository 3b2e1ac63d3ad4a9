/**
 * What of the matrix is to be seen.
 *
 * @typedef {object} Filter
 * @property {string} text words; each is looked for in probes, and in targets when no probe has it
 * @property {ReadonlySet<number>} signs indices; none: all
 * @property {string} group '' for all
 * @property {string} proxy '' for all
 * @property {boolean} differing only probes at which targets differ
 * @property {ReadonlySet<string>} folded names of groups
 */

/** The index of a sign from its letter, or -1 where there is no cell. */
export const signAt = (index, probe, target) => index.cells[probe].charCodeAt(target) - 97;

/** Indices of the items that fit. */
const indices = (items, fits) => items.flatMap((item, i) => (fits(item) ? [i] : []));

/** Narrows probes and targets down word by word. */
function byWords(index, text, probes, targets) {
  let rows = probes;
  let columns = targets;
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const has = (...texts) => texts.some((one) => one.toLowerCase().includes(word));
    const hit = rows.filter((p) => has(index.probes[p].id, index.probes[p].title));
    if (hit.length > 0) rows = hit;
    else {
      const { targets } = index;
      columns = columns.filter((t) =>
        has(targets[t].id, `${targets[t].proxy} ${targets[t].version} ${targets[t].label}`),
      );
    }
  }
  return [rows, columns];
}

/** Leaves the probes and the targets that meet in a cell with one of the signs. */
function bySigns(index, signs, rows, columns) {
  if (signs.size === 0) return [rows, columns];
  const meet = (p, t) => signs.has(signAt(index, p, t));
  const kept = rows.filter((p) => columns.some((t) => meet(p, t)));
  return [kept, columns.filter((t) => kept.some((p) => meet(p, t)))];
}

/**
 * Rows and columns of the table that are left by a filter.
 *
 * @param {Filter} filter
 * @returns {{ rows: ({ group: string, size: number, folded: boolean, probes: number[] } | { probe: number })[], columns: number[] }}
 */
export function select(index, filter) {
  const { text, signs, group, proxy, differing, folded } = filter;
  let rows = indices(index.probes, (probe) => group === '' || probe.group === group);
  let columns = indices(index.targets, (target) => proxy === '' || target.proxy === proxy);
  [rows, columns] = byWords(index, text, rows, columns);
  [rows, columns] = bySigns(index, signs, rows, columns);
  if (differing) rows = rows.filter((p) => new Set(columns.map((t) => signAt(index, p, t))).size > 1);
  const groups = new Map();
  for (const p of columns.length > 0 ? rows : []) {
    const name = index.probes[p].group;
    groups.set(name, [...(groups.get(name) ?? []), p]);
  }
  return {
    columns,
    rows: [...groups].flatMap(([name, probes]) => [
      { group: name, size: probes.length, folded: folded.has(name), probes },
      ...(folded.has(name) ? [] : probes.map((probe) => ({ probe }))),
    ]),
  };
}

/** The signs of cells that somebody has to look at: those before `fixed`. */
const isTrouble = (index, sign) => index.signs.slice(0, 4).includes(sign);

/**
 * The next cell that one looks for: with a sign that is filtered by, or else with trouble. Row by row, and around.
 *
 * @param {{ probe?: number, target?: number }} place where to start
 * @param {1 | -1} by onward or back
 * @returns {{ probe: number, target: number } | undefined}
 */
export function nextOf(index, { rows, columns }, signs, place, by) {
  const wanted = (p, t) => {
    const sign = signAt(index, p, t);
    return signs.size > 0 ? signs.has(sign) : isTrouble(index, index.signs[sign]);
  };
  const probes = rows.flatMap(({ group, probes: members, probe }) => (group === undefined ? [probe] : members));
  const all = [...new Set(probes)].flatMap((probe) =>
    columns.filter((target) => wanted(probe, target)).map((target) => ({ probe, target })),
  );
  if (all.length === 0) return undefined;
  const before = ({ probe, target }) => probe < place.probe || (probe === place.probe && target < (place.target ?? 0));
  const here = all.findIndex(({ probe, target }) => probe === place.probe && target === place.target);
  const start = here >= 0 ? here : all.filter(before).length - (by > 0 ? 1 : 0);
  return all[(start + by + all.length) % all.length];
}
