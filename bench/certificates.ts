/**
 * Simulates hostnames coming and going and counts what the plan of certificates does about it: `npm run bench:certificates`.
 * `BENCH_NAMES` (10000), `BENCH_CHANGES` (200). Beside the plan, what two other ways to pack would cost for the same changes.
 */
import { createHash } from "node:crypto";
import { World } from "../test/tenant/plan/certificates/world.ts";

const population = Number(process.env["BENCH_NAMES"] ?? 10_000);
const changes = Number(process.env["BENCH_CHANGES"] ?? 200);

function simulate(namesPerCertificate: number): void {
  const slots = Math.ceil(population / namesPerCertificate) * 2;
  const world = new World({ namesPerCertificate, certificatesPerListener: 25, listeners: Math.ceil(slots / 25) + 1 });
  const random = generator(7);
  const hash = new HashBuckets(Math.ceil((population * 1.25) / namesPerCertificate), namesPerCertificate);
  const names: string[] = [];
  const come = (i: number): void => {
    // One in five is a custom domain, whose record is there at once.
    const name = i % 5 === 0 ? `shop${i}.example.com` : `tenant${i}.own.test`;
    names.push(name);
    world.records.add(name);
    world.add(name);
    hash.change(name, 1);
  };
  const go = (): void => {
    const at = Math.floor(random() * names.length);
    const name = names[at]!;
    names[at] = names.at(-1)!;
    names.pop();
    world.remove(name);
    hash.change(name, -1);
  };
  for (let i = 0; i < population; i++) come(i);
  world.settle();
  heading(world, namesPerCertificate);
  let worst = { requests: 0, reissued: 0, beyond: 0 };
  const start = { requests: world.requests, reissued: world.reissued, reissuedByHash: hash.reissued };
  world.planMilliseconds = [];
  for (let i = 0; i < changes; i++) {
    const { requests, reissued } = world;
    if (random() < 0.5) come(population + i);
    else go();
    world.settle();
    worst = {
      requests: Math.max(worst.requests, world.requests - requests),
      reissued: Math.max(worst.reissued, world.reissued - reissued),
      beyond: Math.max(worst.beyond, world.certificates.size - Math.ceil(names.length / namesPerCertificate)),
    };
  }
  const average = (total: number): string => (total / changes).toFixed(2);
  const took = world.planMilliseconds.sort((a, b) => a - b);
  line("certificates at the end", world.certificates.size, `at most ${worst.beyond} beyond the least possible`);
  line("requests per change", average(world.requests - start.requests), `at most ${worst.requests}`);
  line("served names re-issued per change", average(world.reissued - start.reissued), `at most ${worst.reissued}`);
  line("ms per plan, median", took[took.length >> 1]!.toFixed(1), `at most ${took.at(-1)!.toFixed(0)}`);
  line("one per tenant: certificates", names.length, "1 request per name that comes, none moved");
  line("hash buckets: certificates", hash.used, `${hash.overfull} of ${hash.size} over the quota`);
  line("hash buckets: served names re-issued per change", average(hash.reissued - start.reissuedByHash), "");
}

function heading(world: World, namesPerCertificate: number): void {
  console.log(`${population} names, ${namesPerCertificate} per certificate, ${changes} changes`);
  line("certificates after all came at once", world.certificates.size, `${world.requests} requests`);
  line("ms, slowest plan of these", Math.max(...world.planMilliseconds).toFixed(0), "");
}

function line(what: string, figure: number | string, note: string): void {
  console.log(`  ${String(figure).padStart(8)}  ${what}${note && ` (${note})`}`);
}

/** A name's certificate chosen by its hash, 25 % more of them than there must be. */
class HashBuckets {
  readonly size: number;
  readonly #most: number;
  readonly #counts: number[];
  reissued = 0;

  constructor(size: number, most: number) {
    this.size = size;
    this.#most = most;
    this.#counts = Array.from({ length: size }, () => 0);
  }

  get used(): number {
    return this.#counts.filter((count) => count > 0).length;
  }

  get overfull(): number {
    return this.#counts.filter((count) => count > this.#most).length;
  }

  /** Names that come have their bucket's others asked for again; own names that go can stay in theirs. */
  change(name: string, by: 1 | -1): void {
    const bucket = createHash("sha256").update(name).digest().readUInt32BE() % this.size;
    if (by === 1 || name.startsWith("shop")) this.reissued += this.#counts[bucket]! - (by === 1 ? 0 : 1);
    this.#counts[bucket]! += by;
  }
}

/** Numbers from 0 up to 1, the same at every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

for (const namesPerCertificate of [10, 25, 100]) simulate(namesPerCertificate);
