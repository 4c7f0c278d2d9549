import { pod, privileged } from "../objects.ts";
import { type Attempt, change, core, create } from "./attempt.ts";

const newPod = (what: string, body: object): Attempt =>
  create(
    what,
    ({ own }) => core(own, "pods"),
    () => body,
  );

export const pods: readonly Attempt[] = [
  newPod("a privileged pod", privileged),
  newPod("a pod with a hostPath", pod({ volumes: [{ name: "host", hostPath: { path: "/" } }] })),
  newPod("a pod on the host's network", pod({ hostNetwork: true })),
  newPod("a pod that runs as root", pod({ securityContext: { runAsUser: 0 } })),
  newPod("a pod of an image from an unlisted registry", pod({}, { image: "docker.io/library/alpine:3.22" })),
  newPod("a pod of a registry named like a listed one", pod({}, { image: "teal.example.org/teal/app:1.0.0" })),
  change(
    "add a container of such an image to a pod that runs",
    ({ own, pod }) => core(own, `pods/${pod}/ephemeralcontainers`),
    () => ({
      spec: { ephemeralContainers: [{ ...pod({}).spec.containers[0], name: "debug", image: "alpine:3.22" }] },
    }),
  ),
  newPod("a pod of the system's priority", pod({ priorityClassName: "system-cluster-critical" })),
  newPod(
    "a container larger than its tier's",
    pod({}, { resources: { limits: { cpu: "64" }, requests: { cpu: "1m" } } }),
  ),
  { ...newPod("pods over quota", pod({})), upTo: 10 },
];
