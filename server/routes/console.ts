import { fileURLToPath } from "node:url";
import express, { type RequestHandler } from "express";

const folder = fileURLToPath(new URL("../../console/", import.meta.url));

/** The console's files, index.html at "/". */
export function consolePage(): RequestHandler {
  return express.static(folder, { extensions: ["html"], dotfiles: "ignore", redirect: false });
}
