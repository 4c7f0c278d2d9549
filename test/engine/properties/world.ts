/** The world that the in-memory provider acts on. It outlives every engine, and notes what must never happen. */

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainMap = Readonly<Record<string, Plain>>;

export interface WorldObject {
  readonly id: string;
  readonly urn: string;
  readonly inputs: PlainMap;
  /** Counts creations: another object of the same name has another. */
  readonly serial: number;
}

/** What was done, in order. */
export interface Deed {
  readonly what: "create" | "adopt" | "update" | "delete";
  readonly id: string;
  readonly urn: string;
}

export class World {
  readonly objects = new Map<string, WorldObject>();
  readonly deeds: Deed[] = [];
  /** What was done that must never be. */
  readonly violations: string[] = [];
  /** Objects that may be missing without the engine's knowledge: gone with another, by hand, or before a crash. */
  readonly ghosts = new Set<string>();
  /** Asked before an object is deleted; gives what forbids it. */
  mayDelete: (object: WorldObject) => string | undefined = () => undefined;
  #serial = 0;

  create(urn: string, id: string, inputs: PlainMap, adopt: boolean): WorldObject {
    const there = this.objects.get(id);
    if (there && !adopt) {
      this.violations.push(`${id} was created twice`);
      throw new Error(`${id} already exists`);
    }
    this.#did(there ? "adopt" : "create", id, urn);
    const object = { id, urn, inputs, serial: there?.serial ?? ++this.#serial };
    this.objects.set(id, object);
    this.ghosts.delete(id);
    return object;
  }

  update(urn: string, id: string, inputs: PlainMap): WorldObject {
    const there = this.#expected(id, "updated");
    if (!there) throw new Error(`${id} not found`);
    this.#did("update", id, urn);
    const object = { ...there, urn, inputs };
    this.objects.set(id, object);
    return object;
  }

  delete(urn: string, id: string): void {
    const there = this.#expected(id, "deleted");
    if (!there) return;
    const forbidden = this.mayDelete(there);
    if (forbidden) this.violations.push(`${id} was deleted, but ${forbidden}`);
    this.#did("delete", id, urn);
    this.remove(id);
  }

  /** The object goes, and all that lies in it. */
  remove(id: string): void {
    this.objects.delete(id);
    for (const object of [...this.objects.values()])
      if (object.inputs["container"] === id) {
        this.ghosts.add(object.id);
        this.remove(object.id);
      }
  }

  /** Somebody else's doing. */
  tamper(id: string, change: PlainMap | "delete"): void {
    const there = this.objects.get(id);
    if (!there) return;
    if (change === "delete") {
      this.ghosts.add(id);
      this.remove(id);
    } else this.objects.set(id, { ...there, inputs: { ...there.inputs, ...change } });
  }

  #expected(id: string, what: string): WorldObject | undefined {
    const there = this.objects.get(id);
    if (!there && !this.ghosts.has(id)) this.violations.push(`${id} was ${what}, and is not there`);
    return there;
  }

  #did(what: Deed["what"], id: string, urn: string): void {
    this.deeds.push({ what, id, urn });
  }
}
