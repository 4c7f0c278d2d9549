import type { KubeClient } from "../kubernetes/client.ts";
import { Informer } from "../kubernetes/informer.ts";
import type { Pod } from "../kubernetes/pods.ts";
import { keyOf, type KubeObject } from "../kubernetes/types.ts";
import type { Certificates, TlsSecret } from "./certificates.ts";
import type { Endpoints } from "./endpoints.ts";
import { grantees, type Grants } from "./grants.ts";
import type { Program } from "./program.ts";
import type { Gateway, GatewayClass, HTTPRoute, ReferenceGrant, Service } from "./resources.ts";
import type { Statuses } from "./statuses.ts";

export interface WatchesOptions {
  controllerName: string;
  program: Program;
  endpoints: Endpoints;
  grants: Grants;
  /** Undefined: no TLS is served, and Secrets are nobody's business. */
  certificates: Certificates | undefined;
  statuses: () => Statuses;
  onTrouble: (what: string, error: unknown) => void;
}

const api = "/apis/gateway.networking.k8s.io/v1";

/** The gateway's view of the cluster: everything that it routes by, and what is to be done when it changes. */
export class Watches {
  readonly routes: Informer<HTTPRoute>;
  readonly #classes: Informer<GatewayClass>;
  readonly #gateways: Informer<Gateway>;
  readonly #namespaces: Informer<KubeObject>;
  readonly #grants: Informer<ReferenceGrant>;
  readonly #pods: Informer<Pod>;
  readonly #services: Informer<Service>;
  readonly #secrets: Informer<TlsSecret> | undefined;
  readonly #certificates: Certificates | undefined;
  readonly #statuses: () => Statuses;
  #complete = false;

  constructor(client: KubeClient, options: WatchesOptions) {
    const { controllerName, endpoints, grants, certificates, program, statuses } = options;
    this.#statuses = statuses;
    this.#certificates = certificates;
    const informer = <T extends KubeObject>(
      path: string,
      onSet: (object: T, previous: T | undefined) => void,
      onDelete: (object: T) => void,
      slim: (object: T) => T = withoutManagedFields,
    ): Informer<T> =>
      new Informer<T>(client, { path, onSet, onDelete, slim, onTrouble: (error) => options.onTrouble(path, error) });
    // Before everything is known, attaching one by one would be done again each time.
    const reattach = (): void => {
      if (!this.#complete) return;
      certificates?.refresh();
      program.reattach();
      for (const gateway of this.#gateways.values()) statuses().gateways.mark(keyOf(gateway));
    };

    this.#classes = informer<GatewayClass>(
      `${api}/gatewayclasses`,
      (object, previous) => {
        if (object.spec.controllerName !== controllerName) return;
        statuses()
          .acceptClass(object)
          .catch((error: unknown) => options.onTrouble("gatewayclass status", error));
        if (previous === undefined) reattach();
      },
      reattach,
    );
    this.#gateways = informer<Gateway>(
      `${api}/gateways`,
      (object, previous) => {
        if (previous === undefined || hasNewSpec(object, previous)) reattach();
        statuses().gateways.mark(keyOf(object));
      },
      reattach,
    );
    this.#namespaces = informer<KubeObject>(
      "/api/v1/namespaces",
      (object, previous) => {
        const labels = (namespace?: KubeObject): string => JSON.stringify(namespace?.metadata.labels ?? {});
        // A new one too: what is watched apart comes in any order, its routes may have been heard of before it.
        if (labels(object) !== labels(previous)) program.reattachIn(object.metadata.name);
      },
      () => undefined,
    );
    const regrant = (...changed: (ReferenceGrant | undefined)[]): void => {
      if (!this.#complete) return;
      const namespaces = changed.flatMap((grant) => (grant === undefined ? [] : grantees(grant)));
      for (const namespace of new Set(namespaces)) program.reattachIn(namespace);
    };
    this.#grants = informer<ReferenceGrant>(
      "/apis/gateway.networking.k8s.io/v1beta1/referencegrants",
      (object, previous) => {
        grants.set(object);
        regrant(object, previous);
      },
      (object) => {
        grants.delete(object);
        regrant(object);
      },
    );
    this.#services = informer<Service>(
      "/api/v1/services",
      (object) => endpoints.setService(object),
      (object) => endpoints.deleteService(object),
    );
    this.#pods = informer<Pod>(
      "/api/v1/pods",
      (object, previous) => endpoints.setPod(object, previous),
      (object) => endpoints.deletePod(object),
      slimPod,
    );
    this.#secrets =
      certificates &&
      informer<TlsSecret>(
        "/api/v1/secrets?fieldSelector=type%3Dkubernetes.io%2Ftls",
        (object) => certificates.set(object),
        (object) => certificates.delete(object),
      );
    this.routes = informer<HTTPRoute>(
      `${api}/httproutes`,
      (object, previous) => program.set(object, previous),
      (object) => program.delete(object),
    );
  }

  /** Resolves once everything is known: whom routes may attach to and lead to first, then the routes. */
  async start(): Promise<void> {
    const first = [this.#classes, this.#gateways, this.#namespaces, this.#grants, this.#services, this.#pods];
    await Promise.all([...first.map((informer) => informer.start()), this.#secrets?.start()]);
    await this.routes.start();
    this.#complete = true;
    this.#certificates?.refresh();
    for (const gateway of this.#gateways.values()) this.#statuses().gateways.mark(keyOf(gateway));
  }

  stop(): void {
    for (const informer of [this.#classes, this.#gateways, this.#namespaces, this.#grants, this.#services, this.#pods])
      informer.stop();
    this.routes.stop();
    this.#secrets?.stop();
  }

  gateways(): MapIterator<Gateway> {
    return this.#gateways.values();
  }

  /** A Gateway whose class is ours. */
  gateway(key: string, controllerName: string): Gateway | undefined {
    const gateway = this.#gateways.get(key);
    const gatewayClass = this.#classes.get(gateway?.spec.gatewayClassName ?? "");
    return gatewayClass?.spec.controllerName === controllerName ? gateway : undefined;
  }

  namespaceLabels(name: string): Record<string, string> | undefined {
    return this.#namespaces.get(name)?.metadata.labels;
  }
}

const hasNewSpec = (object: Gateway, previous: Gateway): boolean =>
  object.metadata.generation === undefined || object.metadata.generation !== previous.metadata.generation;

function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as T["metadata"] & { managedFields?: unknown };
  return { ...object, metadata };
}

/** Of thousands of pods, only what decides where requests go. */
function slimPod({ metadata, spec, status }: Pod): Pod {
  const { name, namespace, uid, resourceVersion, deletionTimestamp, labels } = metadata;
  const containers = spec.containers.map((container) => ({
    name: container.name,
    image: "",
    ...(container.ports && { ports: container.ports }),
  }));
  const conditions = status?.conditions?.filter(({ type }) => type === "Ready") ?? [];
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(labels && { labels }),
    },
    spec: { containers },
    status: { ...(status?.podIP !== undefined && { podIP: status.podIP }), conditions },
  };
}
