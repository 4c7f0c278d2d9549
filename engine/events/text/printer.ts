/** Properties and their differences as indented text, with a sign before what changes. */
import type { StepOp } from "../../deploy/step.ts";
import { isList, isMap, Reference, Secret, Unknown, type PropertyMap, type Value } from "../../values/property.ts";
import { color } from "./colors.ts";
import { diffLines, type Run } from "./lineDiff.ts";
import { diffValues, isInternalKey, type ArrayDiff, type ObjectDiff, type ValueDiff } from "./objectDiff.ts";
import { colorOf, rawPrefix } from "./operations.ts";
import { common, decode, inContext, quote, truncated } from "./strings.ts";

export interface PrinterOptions {
  readonly indent: number;
  readonly op: StepOp;
  /** Whether lines carry the operation's sign. */
  readonly prefix: boolean;
  /** Leaves out what is the same. */
  readonly summary: boolean;
  /** Cuts texts of more than three lines, and lines of more than 150 characters. */
  readonly truncate: boolean;
  readonly showSecrets: boolean;
}

type Title = (printer: Printer) => void;
type Sink = { text: string };

export class Printer {
  readonly #options: PrinterOptions;
  readonly #sink: Sink;

  constructor(options: PrinterOptions, sink: Sink = { text: "" }) {
    this.#options = options;
    this.#sink = sink;
  }

  get text(): string {
    return this.#sink.text;
  }

  #with(changes: Partial<PrinterOptions>): Printer {
    return new Printer({ ...this.#options, ...changes }, this.#sink);
  }

  #indented(by: number): Printer {
    return this.#with({ indent: this.#options.indent + by });
  }

  #write(text: string, indentation = ""): void {
    this.#sink.text += colorOf(this.#options.op) + indentation + text + color.reset;
  }

  #indentation(prefix: boolean): string {
    const spaces = "    ".repeat(this.#options.indent);
    return prefix && spaces !== "" ? spaces.slice(0, -2) + rawPrefix(this.#options.op) : spaces;
  }

  #line(text: string, prefix = this.#options.prefix): void {
    this.#write(text, this.#indentation(prefix));
  }

  #title(name: string, width: number): void {
    this.#line(`${name.padEnd(width)}: `);
  }

  object(map: PropertyMap): void {
    const keys = Object.keys(map).sort();
    const width = widest(keys);
    for (const key of keys) if (!isInternalKey(key)) this.property(key, map[key]!, width);
  }

  property(key: string, value: Value, width: number): void {
    this.#title(key, width);
    this.#value(value);
  }

  #value(value: Value): void {
    this.#inline(value);
    this.#write("\n");
  }

  #inline(value: Value): void {
    if (value instanceof Secret && this.#options.showSecrets) this.#inline(value.value);
    else if (isList(value)) this.#list(value);
    else if (isMap(value)) this.#map(value);
    else if (value instanceof Reference) this.#reference(value);
    else this.#primitive(value);
  }

  #list(list: readonly Value[]): void {
    if (list.length === 0) return this.#write("[]");
    this.#write("[\n");
    list.forEach((item, index) => {
      this.#line(`    [${index}]: `);
      this.#indented(1).#value(item);
    });
    this.#line("]", false);
  }

  #map(map: PropertyMap): void {
    if (Object.keys(map).length === 0) return this.#write("{}");
    this.#write("{\n");
    this.#indented(1).object(map);
    this.#line("}", false);
  }

  #reference({ urn, id, packageVersion }: Reference): void {
    this.#write("{\n");
    const inner = this.#indented(1);
    inner.property("URN", urn, 3);
    inner.property("ID", id ?? null, 3);
    inner.property("PackageVersion", packageVersion, 3);
    this.#line("}", false);
  }

  #primitive(value: Value): void {
    if (value === null) this.#write("<null>");
    else if (value instanceof Unknown) this.#write("[unknown]");
    else if (value instanceof Secret) this.#write("[secret]");
    else if (typeof value === "string") this.#string(value);
    else this.#write(String(value));
  }

  #string(text: string): void {
    const decoded = decode(text);
    if (decoded) {
      this.#write(`(${decoded.kind}) `);
      return this.#value(decoded.value);
    }
    this.#write(quote(this.#options.truncate ? truncated(text) : text));
  }

  difference(diff: ObjectDiff, include?: readonly string[]): void {
    const keys = keysOf(diff).filter((key) => include === undefined || include.includes(key));
    const width = widest(keys);
    for (const key of keys) this.propertyDifference(key, width, diff);
  }

  propertyDifference(key: string, width: number, diff: ObjectDiff): void {
    const title: Title = (printer) => printer.#title(key, width);
    if (this.#part(key, diff, title)) return;
    const same = diff.sames.get(key);
    if (same !== undefined && !this.#options.summary && isShown(same))
      this.#with({ op: "same", prefix: false }).property(key, same, width);
  }

  /** Prints what is added, deleted or updated under the key; false if it is the same. */
  #part<Key extends string | number>(
    key: Key,
    diff: { adds: Map<Key, Value>; deletes: Map<Key, Value>; updates: Map<Key, ValueDiff> },
    title: Title,
  ): boolean {
    if (diff.adds.has(key)) this.#titled("create", diff.adds.get(key)!, title);
    else if (diff.deletes.has(key)) this.#titled("delete", diff.deletes.get(key)!, title);
    else if (diff.updates.has(key)) this.#update(title, diff.updates.get(key)!);
    else return false;
    return true;
  }

  #titled(op: StepOp, value: Value, title: Title): void {
    const printer = this.#with({ op, prefix: true });
    title(printer);
    printer.#value(value);
  }

  #update(title: Title, diff: ValueDiff): void {
    const printer = this.#with({ op: "update", prefix: true });
    if (diff.array) return printer.#listUpdate(title, diff.array);
    if (diff.object) {
      title(printer);
      printer.#write("{\n");
      printer.#indented(1).difference(diff.object);
      return printer.#line("}\n", false);
    }
    const [showOld, showNew] = [isShown(diff.old), isShown(diff.new)];
    if (showOld && showNew && isPrimitive(diff.old) && isPrimitive(diff.new)) {
      title(printer);
      return printer.#primitiveUpdate(diff.old, diff.new);
    }
    if (showOld) printer.#titled("delete", diff.old, title);
    if (showNew) printer.#titled("create", diff.new, title);
  }

  #primitiveUpdate(old: Value, next: Value): void {
    if (typeof old === "string" && typeof next === "string") return this.#textUpdate(old, next);
    this.#with({ op: "delete" }).#primitive(old);
    this.#write(" => ");
    this.#with({ op: "create" }).#primitive(next);
    this.#write("\n");
  }

  #listUpdate(title: Title, diff: ArrayDiff): void {
    title(this);
    this.#write("[\n");
    const length =
      1 + Math.max(-1, ...[diff.adds, diff.deletes, diff.sames, diff.updates].flatMap((map) => [...map.keys()]));
    for (let index = 0; index < length; index++) {
      const item = this.#indented(2);
      const itemTitle: Title = (printer) => printer.#indented(-1).#line(`[${index}]: `);
      if (item.#part(index, diff, itemTitle) || this.#options.summary || !diff.sames.has(index)) continue;
      const same = item.#with({ op: "same", prefix: false });
      itemTitle(same);
      same.#value(diff.sames.get(index)!);
    }
    this.#line("]\n", false);
  }

  #textUpdate(old: string, next: string): void {
    if (this.#decodedUpdate(old, next)) return;
    if (old.includes("\n") || next.includes("\n")) return this.#indented(1).#lines(diffLines(old, next));
    const [head, tail] = common(old, next);
    const side = (op: StepOp, text: string) => {
      this.#write('"');
      const parts: [StepOp, string][] = [
        ["same", text.slice(0, head)],
        [op, text.slice(head, text.length - tail)],
        ["same", text.slice(text.length - tail)],
      ];
      for (const [of, part] of parts) if (part) this.#with({ op: of }).#write(quote(part).slice(1, -1));
      this.#write('"');
    };
    side("delete", old);
    this.#write(" => ");
    side("create", next);
    this.#write("\n");
  }

  /** Texts that hold JSON or YAML are told by what they hold. */
  #decodedUpdate(old: string, next: string): boolean {
    const [before, after] = [decode(old), decode(next)];
    if (!before || !after) return false;
    const diff = diffValues(before.value, after.value);
    if (!diff) return false;
    this.#write(before.kind === after.kind ? `(${before.kind}) ` : `(${before.kind} => ${after.kind}) `);
    this.#update(() => undefined, diff);
    return true;
  }

  #lines(runs: readonly Run[]): void {
    this.#write("\n");
    runs.forEach((run, index) => {
      const op = run.kind === "same" ? "same" : run.kind === "delete" ? "delete" : "create";
      const printer = this.#with({ op, prefix: op !== "same" });
      const lines = run.lines.filter((line) => line.trim() !== "");
      for (const line of run.kind === "same" ? inContext(lines, index, runs.length) : lines) printer.#line(`${line}\n`);
    });
  }
}

export function keysOf(diff: ObjectDiff): string[] {
  return [...new Set([diff.adds, diff.deletes, diff.sames, diff.updates].flatMap((map) => [...map.keys()]))].sort();
}

export const widest = (keys: readonly string[]) => Math.max(0, ...keys.map((key) => key.length));

/** Nothing is shown of what is absent or empty. */
export function isShown(value: Value): boolean {
  if (value === null || value === "") return false;
  if (isList(value)) return value.length > 0;
  return !isMap(value) || Object.keys(value).length > 0;
}

function isPrimitive(value: Value): boolean {
  return !isList(value) && !isMap(value) && !(value instanceof Reference);
}
