import { setTimeout as sleep } from "node:timers/promises";
import {
  createConfiguration,
  type Configuration,
  type KubeConfig,
  type RequestContext,
  type ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
} from "@kubernetes/client-node";

/** What an API server with too much to do answers, and a load balancer before one that is about to come. */
const passing = [429, 502, 503, 504];
const tries = 5;
const firstPauseMs = 100;

/**
 * Configuration of clients that only read: what is refused for the moment is asked again, up to 4 times within 1.5 s. A
 * look takes several reads, and where each is refused now and then hardly one would come to its end. A server that can't
 * be reached is not asked again here: that is for people to know.
 */
export function patientConfiguration(config: KubeConfig): Configuration {
  const baseServer = new ServerConfiguration(config.getCurrentCluster()!.server, {});
  const plain = createConfiguration({ baseServer, authMethods: { default: config } });
  const send = async (request: RequestContext): Promise<ResponseContext> => {
    for (let attempt = 1; ; attempt++) {
      const response = await plain.httpApi.send(request).toPromise();
      if (!passing.includes(response.httpStatusCode) || attempt === tries) return response;
      // Its connection is free again only once it has been read.
      await response.body.text();
      await sleep(firstPauseMs * 2 ** (attempt - 1));
    }
  };
  return { ...plain, httpApi: wrapHttpLibrary({ send }) };
}
