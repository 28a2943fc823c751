/**
 * Moves positions apart to at least `gap`, as little as that allows and within `from` and `to`; their order
 * stays. When they do not all fit, they share the room evenly.
 */
export function spread(positions: readonly number[], gap: number, from: number, to: number): number[] {
  const count = positions.length;
  const room = count > 1 ? Math.min(gap, (to - from) / (count - 1)) : gap;
  const order = positions.map((position, index) => ({ position, index }));
  order.sort((a, b) => a.position - b.position || a.index - b.index);
  let next = from;
  for (const item of order) {
    item.position = Math.max(item.position, next);
    next = item.position + room;
  }
  let limit = to;
  for (const item of order.toReversed()) {
    item.position = Math.min(item.position, limit);
    limit = item.position - room;
  }
  const moved = [...positions];
  for (const { position, index } of order) moved[index] = position;
  return moved;
}
