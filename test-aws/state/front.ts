import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a test has happen to a request: `GET /bucket/key?…`. */
export interface Fate {
  /** Answered so, and not passed on. */
  readonly refuse?: { readonly status: number; readonly code: string };
  /** Passed on, and the answer lost. */
  readonly lose?: true;
  /** Passed on once this has come to pass. */
  readonly wait?: Promise<unknown>;
}

/**
 * A proxy on loopback before a stand-in for S3. The stand-in looks at a condition and then writes, with others between; S3
 * does both at once: so what has a condition goes one by one.
 */
export interface Front {
  readonly endpoint: string;
  /** All requests so far. */
  readonly requests: string[];
  fate: (target: string) => Fate | undefined;
  /** What has this text is listed as written so many seconds earlier than it was. */
  aged: { text: string; seconds: number } | undefined;
  /** Whether conditions of writes come through: not all that speak S3 know them. */
  conditions: boolean;
  close(): Promise<void>;
}

export async function startFront(target: string): Promise<Front> {
  let turn: Promise<unknown> = Promise.resolve();
  const requests: string[] = [];
  const front = {
    endpoint: "",
    requests,
    fate: (() => undefined) as Front["fate"],
    aged: undefined as Front["aged"],
    conditions: true,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  const serve = async (incoming: IncomingMessage, answer: ServerResponse) => {
    const body: Buffer[] = [];
    for await (const chunk of incoming) body.push(chunk as Buffer);
    const name = `${incoming.method} ${decodeURIComponent(incoming.url ?? "")}`;
    requests.push(name);
    const fate = front.fate(name) ?? {};
    if (fate.refuse) return refuse(answer, fate.refuse);
    await fate.wait;
    const { "if-match": ifMatch, "if-none-match": ifNoneMatch, ...others } = incoming.headers;
    const headers = front.conditions ? incoming.headers : others;
    const pass = async () => {
      const { status, answered, text } = await forward(new URL(incoming.url ?? "/", target), incoming, headers, body);
      if (fate.lose) return void answer.destroy();
      const shown = front.aged && name.includes("list-type=2") ? asOlder(text.toString(), front.aged) : text;
      answer.writeHead(status, { ...answered, "content-length": Buffer.byteLength(shown) }).end(shown);
    };
    if (ifMatch === undefined && ifNoneMatch === undefined) return pass();
    await (turn = turn.then(pass, pass));
  };
  const server = createServer((incoming, answer) => {
    serve(incoming, answer).catch(() => answer.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  front.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return front;
}

function asOlder(listing: string, { text, seconds }: NonNullable<Front["aged"]>): string {
  const etag = createHash("md5").update(text).digest("hex");
  return listing.replace(/<Contents>[^]*?<\/Contents>/g, (one) =>
    one.includes(etag)
      ? one.replace(/(?<=<LastModified>)[^<]+/, (at) => new Date(Date.parse(at) - seconds * 1000).toISOString())
      : one,
  );
}

function refuse(answer: ServerResponse, { status, code }: NonNullable<Fate["refuse"]>): void {
  answer.writeHead(status, { "content-type": "application/xml" });
  answer.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>as S3 says it</Message></Error>`);
}

async function forward(url: URL, { method }: IncomingMessage, headers: IncomingMessage["headers"], body: Buffer[]) {
  const onward = request(url, { method: method ?? "GET", headers });
  onward.end(Buffer.concat(body));
  const [reply] = (await once(onward, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { status: reply.statusCode ?? 502, answered: reply.headers, text: Buffer.concat(chunks) };
}
