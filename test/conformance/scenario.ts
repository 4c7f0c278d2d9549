/** What a scenario of the conformance suite is made of. */
import type { Provider } from "@pulumi/kubernetes";
import type { Cluster } from "./cluster.ts";

type Awaitable<T> = T | Promise<T>;

/** What a program finds around it. */
export interface Around {
  /** The explicit provider `cluster`, made with the first call; scenarios without a cluster have none. */
  provider(): Provider;
  /** Content of the kubeconfig that `provider` has. */
  readonly kubeconfig: string;
  /** The scenario's namespace: there before the first step, and removed after the last. */
  readonly namespace: string;
  /** Stack that the step runs on. */
  readonly stack: string;
}

export interface Step<Args> {
  readonly op: "preview" | "up" | "refresh" | "destroy";
  /** Passed to the program; a step may change it. */
  readonly args?: Args;
  /** Set on the stack before the step; the value `$KUBECONFIG` stands for the content of the cluster's kubeconfig. */
  readonly config?: Readonly<Record<string, { value: string; secret?: boolean }>>;
  /** Of the Automation API's, as `{ continueOnError: true }`. Names in `target` become the URNs that state has for them. */
  readonly options?: { readonly target?: readonly string[] } & Readonly<Record<string, unknown>>;
  /** Stack to run on, unless it is the scenario's own, which bears its name. */
  readonly stack?: string;
  /** Done to the cluster before the step, or while it runs. */
  readonly before?: (cluster: Cluster) => Promise<void>;
  readonly during?: (cluster: Cluster) => Promise<void>;
}

export interface Scenario<Args = never> {
  /** Said in the report. */
  readonly about: string;
  /** Where what must happen lies: `golden/<name>.json`, or `expected/<name>.yaml`. */
  readonly compared: "golden" | "expected";
  program(args: Args, around: Around): Awaitable<Record<string, unknown>>;
  readonly steps: readonly Step<Args>[];
  /** Texts that no file of the state's directory may hold after any step. */
  readonly hidden?: readonly string[];
}

/** Scenarios by name, which is also the name of their stack. */
export type Scenarios = Readonly<Record<string, Scenario>>;

/** Checks a scenario's arguments against its steps; whoever runs it need not know them. */
export function scenario<Args extends object>(given: Scenario<Args>): Scenario {
  return given as unknown as Scenario;
}
