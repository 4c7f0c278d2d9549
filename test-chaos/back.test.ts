import { back } from "./scenarios/back.ts";
import { suite } from "./suite.ts";

suite("server and worker killed: back", back);
