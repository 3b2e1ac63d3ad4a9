/** What a fragment leads to: `#cell=target/probe`, `#target=…`, `#probe=…`. */

const KEPT = /%(2F|3A|40|2B)/g;
const encode = (text) => encodeURIComponent(text).replace(KEPT, decodeURIComponent);

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {{ probe?: number, target?: number }} place */
export function fragmentOf(index, { probe, target }) {
  const [p, t] = [index.probes[probe]?.id, index.targets[target]?.id];
  if (p !== undefined && t !== undefined) return `#cell=${encode(`${t}/${p}`)}`;
  return p === undefined ? `#target=${encode(t)}` : `#probe=${encode(p)}`;
}

/** The place that a fragment names, or undefined when there is none. Both ids may have slashes in them. */
export function placeOf(index, fragment) {
  const [, kind, rest] = /^#(cell|target|probe)=(.*)$/s.exec(fragment) ?? [];
  if (kind === undefined) return undefined;
  const name = decode(rest);
  const known = (items, id) => items.findIndex((item) => item.id === id);
  if (kind === 'target') return at({ target: known(index.targets, name) });
  if (kind === 'probe') return at({ probe: known(index.probes, name) });
  for (const [target, { id }] of index.targets.entries()) {
    const probe = name.startsWith(`${id}/`) ? known(index.probes, name.slice(id.length + 1)) : -1;
    if (probe >= 0) return { probe, target };
  }
  return undefined;
}

/** A place, unless something of it was not found. */
const at = (place) => (Object.values(place).includes(-1) ? undefined : place);
