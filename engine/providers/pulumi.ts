/** Pulumi's own package: references to other stacks. */
import { stackReferenceType } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import { hasSecrets, reveal, type PropertyMap } from "../values/property.ts";
import { noDiff, type Provider, type ProviderPackage, type ReadResult, type Services } from "./provider.ts";

export const pulumiPackage: ProviderPackage = {
  name: "pulumi",
  diffConfig: () => noDiff,
  configure: (_inputs, services) => pulumiProvider(services),
};

function pulumiProvider(services: Services): Provider {
  const onlyRead = (type: string) => unsupported(`the resource type ${type}`);
  return {
    check: (resource, _olds, news) => {
      if (resource.type !== stackReferenceType) throw onlyRead(resource.type);
      return { inputs: news, failures: [] };
    },
    diff: () => noDiff,
    create: (resource) => {
      throw onlyRead(resource.type);
    },
    update: (resource) => {
      throw onlyRead(resource.type);
    },
    delete: () => undefined,
    read: (resource, old) => {
      if (resource.type !== stackReferenceType) throw onlyRead(resource.type);
      return readStack(services, old.id, old.inputs);
    },
  };
}

async function readStack(services: Services, id: string, inputs: PropertyMap): Promise<ReadResult> {
  const name = reveal(inputs["name"] ?? id);
  if (typeof name !== "string") throw new Error("expected the name of a stack as a string");
  const outputs = await services.stackOutputs(name);
  if (!outputs) throw new Error(`unknown stack ${JSON.stringify(name)}`);
  const secret = Object.keys(outputs).filter((key) => hasSecrets(outputs[key]!));
  return {
    id,
    inputs,
    outputs: { name, outputs, secretOutputNames: secret.sort() },
  };
}
