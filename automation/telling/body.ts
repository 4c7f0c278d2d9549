import type { CertificateConcern } from "../../model/certificate.ts";
import type { NoticeBody, NoticedDrill, NoticedOperation } from "../../model/notice.ts";
import type { NoticeRow } from "../ledger/schema.ts";

/** What a notice says. `publicUrl`: where people and programs reach this Teal. */
export function bodyOf(notice: NoticeRow, publicUrl: string): NoticeBody {
  const { id, type, environment, tenant, operation } = notice;
  if (operation === null) return certificatesBody(notice, publicUrl);
  // A reminder is of the time at which it fell due, so that it stays the same from try to try.
  const at = type === "operation.reminder" ? notice.since : notice.happened_at;
  const about = { id, at: at.toISOString(), environment, tenant };
  if (type === "drill.failed" || type === "drill.overdue") {
    const link = below(publicUrl, `environments/${environment}/tenants/${tenant}`);
    const api = below(publicUrl, `v1/environments/${environment}/tenants/${tenant}/drills`);
    return { ...about, type, operation: null, drill: notice.content as NoticedDrill, link, api };
  }
  const content = notice.content as NoticedOperation;
  const link = below(publicUrl, `operations/${operation}`);
  const api = below(publicUrl, `v1/operations/${operation}`);
  return { ...about, type, operation: content, link, api };
}

function certificatesBody(
  { id, type, environment, tenant, happened_at: at, content }: NoticeRow,
  publicUrl: string,
): NoticeBody {
  const place = tenant === null ? `environments/${environment}` : `environments/${environment}/tenants/${tenant}`;
  const certificates = content as CertificateConcern;
  const link = below(publicUrl, tenant === null ? `${place}/certificates` : place);
  const api = below(publicUrl, `v1/${place}/certificates`);
  return { id, at: at.toISOString(), type, environment, tenant, operation: null, certificates, link, api };
}

export function testBody(id: string, environment: string, publicUrl: string): NoticeBody {
  const at = new Date().toISOString();
  const link = below(publicUrl, "");
  const api = below(publicUrl, `v1/environments/${environment}`);
  return { id, at, type: "test", environment, tenant: null, operation: null, link, api };
}

function below(publicUrl: string, path: string): string {
  return new URL(path, publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`).href;
}
