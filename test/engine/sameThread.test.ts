import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import http2 from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import grpc from "@grpc/grpc-js";
import { secret } from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import resourcerpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { DeploymentInfo } from "@pulumi/pulumi/proto/resource_pb.js";
import settings from "@pulumi/pulumi/runtime/settings.js";
import state from "@pulumi/pulumi/runtime/state.js";
import * as random from "@pulumi/random";
import { emptypb } from "../../engine/protobuf.ts";
import { errors, open } from "./stacks.ts";

interface Monitor {
  getDeploymentInfo(request: unknown, answer: (error: grpc.ServiceError | null, info?: DeploymentInfo) => void): void;
}

const monitorOf = () => settings.getMonitor() as unknown as Monitor;
interface Run {
  settings: { options: { monitorAddr: string }; monitor?: unknown; engine?: unknown };
}
const currentRun = () => (state as unknown as { getLocalStore(): Run }).getLocalStore();
const infoOf = (monitor: Monitor) => promisify(monitor.getDeploymentInfo.bind(monitor))(new emptypb.Empty());

function overGrpc(address: string): Monitor & grpc.Client {
  return new resourcerpc.ResourceMonitorClient(address, grpc.credentials.createInsecure()) as unknown as Monitor &
    grpc.Client;
}

describe("a program in the engine's thread", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-engine-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("runs without a connection, and its events come in order", async () => {
    const connect = http2.connect;
    let connections = 0;
    http2.connect = ((...args: Parameters<typeof connect>) => {
      connections++;
      return connect(...args);
    }) as typeof connect;
    const events: EngineEvent[] = [];
    try {
      const program = () =>
        Promise.resolve({ hidden: secret("s3cret"), text: new random.RandomString("text", { length: 8 }).result });
      const stack = await open({ home, program });
      const { outputs } = await stack.up({ onEvent: (event) => void events.push(event) });
      assert.deepEqual(outputs["hidden"], { value: "s3cret", secret: true });
      assert.match(String(outputs["text"]!.value), /^.{8}$/);
    } finally {
      http2.connect = connect;
    }
    assert.equal(connections, 0);
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      events.map((_, i) => i),
    );
    assert.ok(events.some(({ summaryEvent }) => summaryEvent));
    assert.ok(!JSON.stringify(events).includes("s3cret"));
  });

  it("finds the same service by gRPC, which is there until the run ends", async () => {
    let client: (Monitor & grpc.Client) | undefined;
    let own: Monitor | undefined;
    const program = async () => {
      own = monitorOf();
      client = overGrpc(currentRun().settings.options.monitorAddr);
      const [direct, remote] = await Promise.all([infoOf(own), infoOf(client)]);
      assert.deepEqual(direct!.toObject(), remote!.toObject());
      assert.equal(direct!.getStack(), "dev");
    };
    await (await open({ home, program })).up();
    await assert.rejects(infoOf(own!), { code: grpc.status.UNAVAILABLE });
    await assert.rejects(infoOf(client!), { code: grpc.status.UNAVAILABLE });
    client!.close();
  });

  it("is told what the engine does not do, as by gRPC", async () => {
    const events: EngineEvent[] = [];
    const program = () => {
      new random.RandomString("text", { length: 8 }, { import: "abc" });
      return Promise.resolve();
    };
    const stack = await open({ home, program });
    await assert.rejects(stack.up({ onEvent: (event) => void events.push(event) }), /importing resources by option/);
    assert.deepEqual(errors(events), []);
  });

  it("runs over gRPC where the SDK begins its runs otherwise", async () => {
    const hooked = settings as unknown as { resetOptions: (...args: unknown[]) => void };
    const resetOptions = hooked.resetOptions;
    hooked.resetOptions = (...args) => {
      resetOptions(...args);
      Object.assign(currentRun().settings, { monitor: undefined, engine: undefined });
    };
    try {
      const program = () => Promise.resolve({ text: new random.RandomString("text", { length: 8 }).result });
      const { outputs, summary } = await (await open({ home, program })).up();
      assert.match(String(outputs["text"]!.value), /^.{8}$/);
      assert.deepEqual(summary.resourceChanges, { create: 2 });
    } finally {
      hooked.resetOptions = resetOptions;
    }
  });
});
