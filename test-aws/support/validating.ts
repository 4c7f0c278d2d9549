import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy before the stand-in for AWS, which answers some calls itself, as AWS does where too many come. */
export interface Throttle {
  endpoint: string;
  /** The next so many calls are refused with this error (a name of AWS's), whatever they are. */
  refuse(times: number, name?: string): void;
  /** Calls that were refused so far. */
  refused(): number;
  stop(): Promise<void>;
}

/**
 * @param isSet whether a record is set: as with ACM, and other than with the stand-in, a certificate is issued only once all
 * of its names' records are
 */
export async function startThrottle(target: string, isSet: (record: string) => Promise<boolean>): Promise<Throttle> {
  let left = 0;
  let count = 0;
  let error = "ThrottlingException";
  const server = http.createServer((request, response) => {
    if (left > 0) {
      left--;
      count++;
      request.resume();
      refuse(request, response, error);
      return;
    }
    const { method, url, headers } = request;
    const upstream = http.request(new URL(url ?? "/", target), { method, headers }, (answer) => {
      if (headers["x-amz-target"] === "CertificateManager.DescribeCertificate" && answer.statusCode === 200) {
        void asValidated(answer, isSet).then((body) =>
          response.writeHead(200, { ...answer.headers, "content-length": Buffer.byteLength(body) }).end(body),
        );
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    request.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse(times, name = "ThrottlingException") {
      left = times;
      error = name;
    },
    refused: () => count,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** In the protocol that was spoken: JSON where a target is named, else XML. */
function refuse(request: http.IncomingMessage, response: http.ServerResponse, name: string): void {
  const message = "Rate exceeded";
  if (request.headers["x-amz-target"]) {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ __type: name, message }));
    return;
  }
  response.writeHead(400, { "content-type": "text/xml" });
  response.end(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );
}

interface Detail {
  Status: string;
  DomainValidationOptions?: { ValidationStatus: string; ResourceRecord: { Name: string } }[];
}

async function asValidated(answer: http.IncomingMessage, isSet: (record: string) => Promise<boolean>): Promise<string> {
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  const { Certificate: detail } = JSON.parse(text) as { Certificate: Detail };
  for (const option of detail.DomainValidationOptions ?? []) {
    if (await isSet(option.ResourceRecord.Name)) continue;
    option.ValidationStatus = "PENDING_VALIDATION";
    detail.Status = "PENDING_VALIDATION";
  }
  return JSON.stringify({ Certificate: detail });
}
