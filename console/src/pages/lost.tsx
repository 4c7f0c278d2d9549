import { Link } from "wouter";
import { Page } from "../parts/page.tsx";

export function LostPage() {
  return (
    <Page title="There is no such page" name="No such page">
      <p>
        The address is mistyped, or of another version of Teal. <Link href="/">See what needs you</Link>, or press{" "}
        <kbd>/</kbd> and type the name of a tenant.
      </p>
    </Page>
  );
}
