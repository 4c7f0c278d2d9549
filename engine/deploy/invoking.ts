/** Functions of packages, as programs call them. */
import { TealError } from "../../model/errors.ts";
import type { PropertyMap } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";

export interface FunctionCall {
  /** As `kubernetes:yaml:decode`. */
  readonly token: string;
  readonly args: PropertyMap;
  /** `<urn>::<id>`; empty asks for the package's default provider. */
  readonly provider: string;
  readonly version: string;
}

export type Called = { readonly result: PropertyMap } | { readonly error: Error };

/** What went wrong in the function is an answer too: the program may know what to do about it. */
export async function callFunction(deploying: Deploying, call: FunctionCall): Promise<Called> {
  const provider = await deploying.registry.get(call.provider);
  try {
    return { result: await provider.invoke!(call.token, call.args, callContext(deploying, "")) };
  } catch (error) {
    if (error instanceof TealError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { error: new Error(`invocation of ${call.token} returned an error: ${reason}`, { cause: error }) };
  }
}
