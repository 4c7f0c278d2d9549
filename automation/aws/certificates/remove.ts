import { DeleteCertificateCommand, type ACMClient } from "@aws-sdk/client-acm";
import { explained, isNamed } from "../errors.ts";
import { certificates } from "./concern.ts";

/** Deletes a certificate; one that is gone is. Throws while a listener still has it, by AWS's account a while longer. */
export async function removeCertificate(acm: ACMClient, arn: string): Promise<void> {
  await explained(certificates, `to delete certificate ${arn}`, async () => {
    try {
      await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
    } catch (error) {
      if (!isNamed(error, "ResourceNotFound")) throw error;
    }
  });
}
