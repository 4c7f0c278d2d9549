/** What the plain Pulumi CLI runs (tenant/Pulumi.yaml): the same program that Teal runs inline. */
export { tenantProgram as default } from "./program.ts";

// Where the kubeconfig is, is for the provider to know. The SDK would make it an input, and so write it into state.
delete process.env["KUBECONFIG"];
