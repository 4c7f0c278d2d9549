import { createServer, request } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** What AWS answers whoever asks too much. */
export interface Refusal {
  status: number;
  /** Its code, such as `ThrottlingException`. */
  code: string;
  /** How the service writes errors. */
  as: "json" | "xml";
}

export interface Proxy {
  endpoint: string;
  /** How many requests were refused so far. */
  readonly refused: number;
  /** The next `count` requests that `which` fits are answered with `refusal`. */
  refuse(count: number, refusal: Refusal, which?: (target: string) => boolean): void;
  /** Requests that `which` fits are answered so, for what the stand-in doesn't know. */
  answer(which: (target: string) => boolean, xml: () => string): void;
  close(): Promise<void>;
}

/** A proxy on loopback before a stand-in for AWS, which can be told to refuse requests as AWS does. */
export async function startProxy(endpoint: string): Promise<Proxy> {
  let left = 0;
  let refused = 0;
  let known: { which: (target: string) => boolean; xml: () => string } | undefined;
  let refusal: Refusal | undefined;
  let fits: (target: string) => boolean = () => true;
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const action = new URLSearchParams(body.toString("latin1")).get("Action");
      const target = String(incoming.headers["x-amz-target"] ?? action ?? `${incoming.method} ${incoming.url}`);
      if (left > 0 && refusal && fits(target)) {
        left -= 1;
        refused += 1;
        answer.writeHead(refusal.status, {
          "content-type": refusal.as === "json" ? "application/x-amz-json-1.0" : "text/xml",
        });
        answer.end(textOf(refusal));
        return;
      }
      if (known?.which(target)) {
        answer.writeHead(200, { "content-type": "text/xml" });
        answer.end(known.xml());
        return;
      }
      const onward = request(
        new URL(incoming.url ?? "/", endpoint),
        { method: incoming.method ?? "GET", headers: incoming.headers },
        (reply) => {
          answer.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(answer);
        },
      );
      onward.on("error", () => answer.destroy());
      onward.end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refused() {
      return refused;
    },
    refuse(count, how, which = () => true) {
      [left, refusal, fits] = [count, how, which];
    },
    answer(which, xml) {
      known = { which, xml };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function textOf({ code, as }: Refusal): string {
  if (as === "json") return JSON.stringify({ __type: `com.amazonaws#${code}`, message: "Slow down." });
  return `<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Slow down.</Message></Error></ErrorResponse>`;
}
