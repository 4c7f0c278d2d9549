import type { Asked } from "../../support/identity.ts";

/** Where an attempt is made: the tenant's own namespace, and another's. */
export interface Place {
  own: string;
  other: string;
  /** A pod of the tenant's that runs. */
  pod: string;
  /** The other tenant's host name, and the address of a pod of its. */
  otherHost: string;
  otherAddress: string;
}

/** Something that nobody in a tenant's namespace may do. */
export interface Attempt {
  what: string;
  asked: (place: Place) => Asked;
  /** How often it may go well before it must not: pods fill a quota one by one. */
  upTo?: number;
}

/** Paths of the API. */
export const core = (namespace: string, rest: string) => `/api/v1/namespaces/${namespace}/${rest}`;
export const group = (name: string, namespace: string, rest: string) => `/apis/${name}/namespaces/${namespace}/${rest}`;
export const networking = "networking.k8s.io/v1";
export const rbac = "rbac.authorization.k8s.io/v1";
export const gateway = "gateway.networking.k8s.io/v1";

export const get = (what: string, path: (place: Place) => string): Attempt => ({
  what,
  asked: (place) => ({ method: "GET", path: path(place) }),
});
export const remove = (what: string, path: (place: Place) => string): Attempt => ({
  what,
  asked: (place) => ({ method: "DELETE", path: path(place) }),
});
export const change = (what: string, path: (place: Place) => string, body: (place: Place) => object): Attempt => ({
  what,
  asked: (place) => ({ method: "PATCH", path: path(place), body: body(place) }),
});
export const create = (what: string, path: (place: Place) => string, body: (place: Place) => object): Attempt => ({
  what,
  asked: (place) => ({ method: "POST", path: path(place), body: body(place) }),
});
