import type { ProviderPackage } from "./provider.ts";

/** Loads a package by its name. */
export type Packages = Readonly<Record<string, (() => Promise<ProviderPackage>) | undefined>>;

/** The packages that this engine has a provider for, loaded when a stack first uses them. */
export const packages: Packages = {
  pulumi: async () => (await import("./pulumi.ts")).pulumiPackage,
  random: async () => (await import("./random/package.ts")).randomPackage,
  kubernetes: async () => (await import("./kubernetes/package.ts")).kubernetesPackage,
};
