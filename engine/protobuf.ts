/**
 * Google's own messages, as @pulumi/pulumi's stubs use them. The package may bring its own copy of google-protobuf, and
 * its stubs take only messages of that copy, so they are looked up from where the package lies.
 */
import { createRequire } from "node:module";
import type * as emptyTypes from "google-protobuf/google/protobuf/empty_pb.js";
import type * as structTypes from "google-protobuf/google/protobuf/struct_pb.js";

const fromPulumi = createRequire(import.meta.resolve("@pulumi/pulumi"));

export const emptypb = fromPulumi("google-protobuf/google/protobuf/empty_pb.js") as typeof emptyTypes;
export const structpb = fromPulumi("google-protobuf/google/protobuf/struct_pb.js") as typeof structTypes;
