import assert from "node:assert/strict";
import { Informer } from "../../../sandbox/kubernetes/informer.ts";
import { Outbox } from "../../../sandbox/kubernetes/outbox.ts";
import { KubeError } from "../../../sandbox/kubernetes/failure.ts";
import type { KubeObject } from "../../../sandbox/kubernetes/types.ts";
import type { KubeClient, WatchEvent } from "../../../sandbox/kubernetes/client.ts";
import { eventually } from "./eventually.ts";

const object = (name: string, resourceVersion: string, uid = name): KubeObject => ({
  metadata: { namespace: "n", name, uid, resourceVersion },
});

/** An API server of one collection, which ends each watch as it is told to. */
class FakeApi {
  items: KubeObject[] = [];
  version = "1";
  lists = 0;
  refusing = false;
  watchedFrom: string[] = [];
  #end: ((error?: Error) => void) | undefined;
  #tell: ((event: WatchEvent<KubeObject>) => void) | undefined;

  get = (): Promise<unknown> => {
    this.lists += 1;
    if (this.refusing) return Promise.reject(new KubeError(0, "away"));
    return Promise.resolve({ metadata: { resourceVersion: this.version }, items: this.items });
  };

  watch = (
    _: string,
    version: string,
    onEvent: (event: WatchEvent<KubeObject>) => void,
    signal: AbortSignal,
  ): Promise<void> => {
    if (this.refusing) return Promise.reject(new KubeError(0, "away"));
    this.watchedFrom.push(version);
    return new Promise((resolve, reject) => {
      this.#tell = onEvent;
      this.#end = (error) => (error === undefined ? resolve() : reject(error));
      signal.addEventListener("abort", () => resolve());
    });
  };

  tell(type: WatchEvent<KubeObject>["type"], told: KubeObject): void {
    this.#tell?.({ type, object: told });
  }

  end(error?: Error): void {
    this.#end?.(error);
  }
}

describe("sandbox/kubernetes informer", () => {
  let api: FakeApi;
  let told: string[];
  let informer: Informer<KubeObject>;
  beforeEach(async () => {
    api = new FakeApi();
    told = [];
    informer = new Informer<KubeObject>(api as unknown as KubeClient, {
      path: "/x",
      onSet: ({ metadata }, previous) => told.push(`${previous === undefined ? "add" : "change"} ${metadata.name}`),
      onDelete: ({ metadata }) => told.push(`delete ${metadata.name}`),
    });
    api.items = [object("a", "1"), object("b", "1")];
    await informer.start();
    await eventually(() => assert.equal(api.watchedFrom.length, 1));
  });
  afterEach(() => informer.stop());

  it("tells what is there and what changes", () => {
    api.tell("ADDED", object("c", "2"));
    api.tell("MODIFIED", object("a", "3"));
    api.tell("DELETED", object("b", "4"));
    assert.deepEqual(told, ["add a", "add b", "add c", "change a", "delete b"]);
    assert.deepEqual([...informer.values()].map(({ metadata }) => metadata.name).sort(), ["a", "c"]);
  });

  it("goes on from where it was when a watch ends, without listing", async () => {
    api.tell("BOOKMARK", object("", "7"));
    api.end();
    await eventually(() => assert.deepEqual(api.watchedFrom, ["1", "7"]));
    assert.equal(api.lists, 1);
  });

  it("lists again when the version is too old, and tells what happened meanwhile", async () => {
    api.items = [object("b", "1"), object("c", "9")];
    api.version = "9";
    api.end(new KubeError(410, "too old"));
    await eventually(() => assert.deepEqual(api.watchedFrom, ["1", "9"]));
    assert.deepEqual(told, ["add a", "add b", "add c", "delete a"]);
  });

  it("tells another object of the same name as deleted and added", async () => {
    api.items = [object("a", "5", "other"), object("b", "1")];
    api.end(new KubeError(410, "too old"));
    await eventually(() => assert.deepEqual(told, ["add a", "add b", "delete a", "add a"]));
  });

  it("deletes nothing while the server is away", async () => {
    api.refusing = true;
    api.end(new KubeError(0, "cut off"));
    await eventually(() => assert.equal(informer.connected, false));
    assert.deepEqual(told, ["add a", "add b"]);
    api.refusing = false;
    await eventually(() => assert.equal(informer.connected, true));
    assert.deepEqual(told, ["add a", "add b"]);
  });
});

describe("sandbox/kubernetes outbox", () => {
  it("gathers changes, writes a key once at a time, and again after a failure", async () => {
    const written: string[] = [];
    let underWay = 0;
    const outbox = new Outbox({
      concurrency: 2,
      gatherMs: 5,
      write: async (key) => {
        underWay += 1;
        assert.ok(underWay <= 2);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay -= 1;
        written.push(key);
        if (written.length === 1) throw new Error("once");
      },
    });
    for (const key of ["a", "a", "b", "c"]) outbox.mark(key);
    await eventually(() => assert.deepEqual(written.toSorted(), ["a", "a", "b", "c"]));
    assert.equal(outbox.size, 0);
    outbox.stop();
  });
});
