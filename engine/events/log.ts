/** Where engine events go: to the gRPC service that `--event-log tcp://…` names, to a file, or nowhere. */
import { EventEmitter } from "node:events";
import { appendFile } from "node:fs/promises";
import grpc from "@grpc/grpc-js";
import eventsrpc from "@pulumi/pulumi/proto/events_grpc_pb.js";
import eventspb from "@pulumi/pulumi/proto/events_pb.js";
import { TealError } from "../../model/errors.ts";
import { ownService } from "../ownServers.ts";
import { ReverseWriter } from "../values/protobuf.ts";

export interface EventLog {
  /** Sends one event; order is kept. */
  send(body: string): void;
  /** Waits until all has arrived. A listener that went away fails the operation: it would act on half the events. */
  close(): Promise<void>;
}

/** Opens the log that the option names. */
export function openEventLog(target: string | undefined): EventLog {
  if (!target) return { send: () => undefined, close: () => Promise.resolve() };
  let sequence = 0;
  const write = target.startsWith("tcp://") ? openAddress(target.slice("tcp://".length)) : openFile(target);
  return {
    send: (body) => write.line(`{"sequence":${sequence++},"timestamp":${Math.floor(Date.now() / 1000)},${body}}`),
    close: write.end,
  };
}

interface Lines {
  line(text: string): void;
  end(): Promise<void>;
}

function openFile(path: string): Lines {
  let written: Promise<void> = Promise.resolve();
  return {
    line: (text) => {
      written = written.then(() => appendFile(path, `${text}\n`));
    },
    end: () => written,
  };
}

function openAddress(address: string): Lines {
  const own = ownService<Listener>(address, eventsrpc.EventsService);
  return own ? openListener(own) : openStream(address);
}

/** The service as it is called with a stream of requests: what gRPC would make of one. */
interface Listener {
  streamEvents(requests: EventEmitter, answer: (error: Error | null) => void): void;
}

function openListener(listener: Listener): Lines {
  const requests = new EventEmitter();
  const answered = new Promise<void>((resolve, reject) => {
    listener.streamEvents(requests, (error) => (error ? reject(error) : resolve()));
  });
  let waiting: string[] = [];
  const deliver = () => {
    const texts = waiting;
    waiting = [];
    for (const text of texts) requests.emit("data", new eventspb.EventRequest().setEvent(text));
  };
  return {
    // Not at once: what a listener does on an event may not happen in the middle of the step that it tells of.
    line: (text) => {
      if (waiting.push(text) === 1) queueMicrotask(deliver);
    },
    end: () => {
      deliver();
      requests.emit("end");
      return answered;
    },
  };
}

function openStream(address: string): Lines {
  const client = new grpc.Client(address, grpc.credentials.createInsecure(), {
    "grpc.max_send_message_length": -1,
    "grpc.use_local_subchannel_pool": 1,
  });
  let settle: (error: Error | null) => void = () => undefined;
  const answered = new Promise<Error | null>((resolve) => (settle = resolve));
  const { path, responseDeserialize } = eventsrpc.EventsService.streamEvents;
  const stream = client.makeClientStreamRequest(path, eventRequest, responseDeserialize, (error) => settle(error));
  // The call's end is told by its callback; without a listener the same error would be thrown as uncaught.
  stream.on("error", () => undefined);
  return {
    line: (text) => void stream.write(text),
    end: async () => {
      stream.end();
      const error = await answered;
      client.close();
      const message = `expected ${address} to take engine events to the end, but: ${error?.message}`;
      if (error) throw new TealError("event_log_lost", message, { cause: error });
    },
  };
}

/** Bytes of an `EventRequest`: the event's text is its one field. The generated class is slow with long texts. */
function eventRequest(text: string): Buffer {
  const writer = new ReverseWriter(Buffer.byteLength(text) + 16);
  writer.text(1, text);
  return writer.finish();
}
