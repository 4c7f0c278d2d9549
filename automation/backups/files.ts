import { copyIn } from "./files/take.ts";
import { drill } from "./files/drill.ts";
import { lastWriteIn } from "./files/lastWrite.ts";
import { placesOf } from "./files/places.ts";
import { prune } from "./files/prune.ts";
import { putBack, settle, whereDataIs } from "./files/restore.ts";
import { verify } from "./files/verify.ts";
import type { BackupProvider } from "./provider.ts";

export interface FilesBackupsOptions {
  /** Has each claim's files in `<namespace>/<claim>`. */
  volumes: string;
  /** Gets each backup as `<environment>/<tenant>/<id>`. */
  backups: string;
}

/**
 * Backups of volumes that are directories on this machine, kept as directories too. SQLite databases are copied as they
 * were at one moment, however much is written to them; any other file is copied while it holds still. One file is
 * consistent in itself: nothing ties two of them to one moment. Owners of files are not kept: all is this process's own.
 */
export function filesBackups(options: FilesBackupsOptions): BackupProvider {
  return {
    name: "files",
    async take(of, id, signal) {
      const places = placesOf(options, of, id);
      await settle(places);
      return copyIn(places, signal);
    },
    async verify(of, id) {
      return verify(placesOf(options, of, id));
    },
    async restore(of, id, signal) {
      await putBack(placesOf(options, of, id), signal);
    },
    async drill(of, id, signal) {
      return drill(placesOf(options, of, id), signal);
    },
    async prune(of, id) {
      await prune(placesOf(options, of, id));
    },
    async lastWrite(of) {
      const places = placesOf(options, of, "none");
      const found = await lastWriteIn(await whereDataIs(places));
      // It may have come to its place in between.
      return found ?? lastWriteIn(places.volume);
    },
  };
}
