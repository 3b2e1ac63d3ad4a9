/**
 * Which of many equal items are to be drawn: those in sight, and some on both sides, so that scrolling finds them there.
 *
 * @param {number} count items in all
 * @param {number} size px of an item
 * @param {number} from px that are scrolled away
 * @param {number} room px in sight
 * @param {number} spare items on each side
 * @returns {{ first: number, end: number }} the first one, and the one behind the last
 */
export function windowOf(count, size, from, room, spare) {
  const first = Math.max(0, Math.min(count, Math.floor(from / size)) - spare);
  const end = Math.min(count, Math.ceil((from + room) / size) + spare);
  return { first, end: Math.max(first, end) };
}

/**
 * Where to scroll to, so that an item is in sight: as little as possible.
 *
 * @param {number} at the item
 * @param {number} size px of an item
 * @param {number} from px that are scrolled away
 * @param {number} room px in sight
 */
export function scrollFor(at, size, from, room) {
  const start = at * size;
  if (start < from) return start;
  return start + size > from + room ? start + size - room : from;
}
