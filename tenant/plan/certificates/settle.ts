import { smallSize } from "./cover.ts";
import type { Group } from "./groups.ts";
import { Shelf } from "./shelf.ts";

/**
 * Moves names from small groups into others until there is at most one group more than there must be, and no more than
 * one change's work left to do where the next names go.
 * @param quiet no certificate is under way: what is not urgent is left until then
 */
export function settle(groups: readonly Group[], most: number, quiet: boolean): void {
  const shelf = new Shelf(most, groups);
  while (shelf.count > 1) {
    const least = Math.ceil(shelf.names / most);
    if (shelf.count < least + 1) return;
    if (shelf.count === least + 1 && !(quiet && isTight(shelf, most, least))) return;
    const [first, second, third] = [shelf.take()!, shelf.take()!, shelf.take()];
    const small = smallSize(most);
    // A small group that has become too large for new names goes into a large one; a newer, smaller one takes its place.
    const inSteps =
      third !== undefined &&
      first.names.length <= small &&
      first.names.length + second.names.length > small &&
      second.names.length + third.names.length <= most;
    if (inSteps) move(second, third, most);
    else move(first, second, most);
    for (const group of [first, second, third]) if (group) shelf.put(group);
  }
}

function move(from: Group, to: Group, most: number): void {
  to.names.push(...from.names.splice(0, most - to.names.length));
  to.changed = true;
}

/**
 * Whether emptying the smallest group takes as many certificates as there are names that may yet go before it has to be
 * empty. Begun then, one certificate for each name that goes is enough; begun when it has to be, it could take many at once.
 */
function isTight(shelf: Shelf, most: number, least: number): boolean {
  const left = shelf.names - (least - 1) * most;
  const sizes = shelf.sizes();
  let rest = sizes.next().value ?? 0;
  for (let certificates = 1; certificates <= left; certificates++) {
    rest -= most - (sizes.next().value ?? 0);
    if (rest <= 0) return false;
  }
  return true;
}
