import { randomInt } from "node:crypto";
import { isIPv4 } from "node:net";

const first = 0x7f400000; // 127.64.0.0
const count = 0x400000; // a /10
/** 127.96.0.0/16 is where the test cluster has its Services. */
const reserved = 0x7f600000;

/**
 * Pod addresses out of 127.64.0.0/10. Other sandboxes on this machine take theirs from the same range: that is why it
 * begins anywhere, and why an address is only known to be free once a listener is bound to it.
 */
export class Addresses {
  #next = randomInt(count);
  readonly #taken = new Set<string>();

  /** @param preferred taken where it is free, so that a pod keeps its address over a restart of the node */
  take(preferred?: string): string {
    if (preferred !== undefined && isPodAddress(preferred) && !this.#taken.has(preferred)) {
      this.#taken.add(preferred);
      return preferred;
    }
    for (;;) {
      const value = first + this.#next;
      this.#next = (this.#next + 1) % count;
      const address = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join(".");
      const usable = value >>> 16 !== reserved >>> 16 && (value & 255) !== 0 && (value & 255) !== 255;
      if (usable && !this.#taken.has(address)) {
        this.#taken.add(address);
        return address;
      }
    }
  }

  release(address: string): void {
    this.#taken.delete(address);
  }
}

function isPodAddress(address: string): boolean {
  const [a, b = 0] = address.split(".").map(Number);
  return isIPv4(address) && a === 127 && b >= 64 && b < 128;
}
