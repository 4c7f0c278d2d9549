import { data, dataReleases } from "./scenarios/data.ts";
import { suite } from "./suite.ts";

suite("server and worker killed: data", data, dataReleases);
