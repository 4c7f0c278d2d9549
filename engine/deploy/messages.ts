/** The monitor's messages that carry properties: those are read and written apart from the rest. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import resourcepb from "@pulumi/pulumi/proto/resource_pb.js";
import type { PropertyMap } from "../values/property.ts";
import { Reader, ReverseWriter, readStruct, writeStruct } from "../values/protobuf.ts";
import { fromStruct, toStruct } from "../values/struct.ts";
import type { Rpc, Rpcs } from "./rpc.ts";

/** A request without its properties, and those. Reading them may be refused, so it is left to whoever handles it. */
export interface WithProperties<Message> {
  readonly message: Message;
  properties(): PropertyMap;
}

/** An answer that tells of a resource. */
export interface ResourceAnswer {
  readonly urn: string;
  readonly id: string;
  readonly properties: PropertyMap;
  /** Number of a `Result`: 0 for success, which is the default. */
  readonly result?: number;
  /** A limited operation left the resource out: nothing is known of it. */
  readonly unknown?: boolean;
}

/** Numbers of the fields that hold properties, by method. */
const fields = {
  registerResource: { request: 5, response: { urn: 1, id: 2, properties: 3 } },
  registerResourceOutputs: { request: 2, response: undefined },
  readResource: { request: 5, response: { urn: 1, id: undefined, properties: 2 } },
} as const;

/** The same service, with properties apart. */
export function withPropertiesApart(definition: ServiceDefinition): ServiceDefinition {
  const methods: Record<string, MethodDefinition<unknown, unknown>> = { ...definition };
  for (const [name, { request, response }] of Object.entries(fields)) {
    const method = methods[name]!;
    methods[name] = {
      ...method,
      requestDeserialize: (bytes) => splitRequest(bytes, request, method.requestDeserialize),
      ...(response && { responseSerialize: (answer: unknown) => writeAnswer(answer as ResourceAnswer, response) }),
    };
  }
  return methods;
}

/** The same calls for requests and answers that are messages with their properties in them, as a program makes them. */
export function withPropertiesInMessages({
  registerResource,
  registerResourceOutputs,
  readResource,
  ...rest
}: Rpcs): Rpcs {
  return {
    ...rest,
    registerResource: async (request) => {
      const message = request as resourcepb.RegisterResourceRequest;
      const answer = await callApart(registerResource, message, () => message.getObject());
      return new resourcepb.RegisterResourceResponse()
        .setUrn(answer.urn)
        .setId(answer.id)
        .setObject(toStruct(answer.properties))
        .setResult((answer.result ?? 0) as 0)
        .setUnknown(answer.unknown ?? false);
    },
    registerResourceOutputs: (request) => {
      const message = request as resourcepb.RegisterResourceOutputsRequest;
      return callApart(registerResourceOutputs, message, () => message.getOutputs());
    },
    readResource: async (request) => {
      const message = request as resourcepb.ReadResourceRequest;
      const { urn, properties } = await callApart(readResource, message, () => message.getProperties());
      return new resourcepb.ReadResourceResponse().setUrn(urn).setProperties(toStruct(properties));
    },
  };
}

function callApart(rpc: Rpc | undefined, message: unknown, struct: () => Struct | undefined): Promise<ResourceAnswer> {
  const request: WithProperties<unknown> = { message, properties: () => fromStruct(struct()) };
  return rpc!(request) as Promise<ResourceAnswer>;
}

/** The engine's service, in which log messages of the lowest severity are not even read: a program sends many, at length. */
export function withoutDebugMessages(definition: ServiceDefinition): ServiceDefinition {
  const log = definition["log"]!;
  // The first field is the severity; the lowest is 0, which is not written.
  const hasSeverity = (bytes: Buffer) => bytes[0] === 8;
  return {
    ...definition,
    log: {
      ...log,
      requestDeserialize: (bytes: Buffer): unknown => (hasSeverity(bytes) ? log.requestDeserialize(bytes) : undefined),
    },
  };
}

function splitRequest(bytes: Buffer, field: number, deserialize: (bytes: Buffer) => unknown): WithProperties<unknown> {
  const reader = new Reader(bytes);
  while (!reader.done) {
    const start = reader.position;
    const tag = reader.varint();
    if (tag !== field * 8 + 2) {
      reader.skip(tag & 7);
      continue;
    }
    const properties = reader.message();
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(reader.position)]);
    return { message: deserialize(rest), properties: () => readStruct(properties) };
  }
  return { message: deserialize(bytes), properties: () => ({}) };
}

function writeAnswer(
  answer: ResourceAnswer,
  numbers: { readonly urn: number; readonly id: number | undefined; readonly properties: number },
): Buffer {
  const writer = new ReverseWriter();
  if (answer.unknown) writer.flag(8, 1);
  if (answer.result) writer.flag(7, answer.result);
  writer.message(numbers.properties, () => writeStruct(writer, answer.properties));
  if (numbers.id !== undefined && answer.id !== "") writer.text(numbers.id, answer.id);
  writer.text(numbers.urn, answer.urn);
  return writer.finish();
}
