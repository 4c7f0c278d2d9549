import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Link } from "wouter";

type Look = "plain" | "primary" | "danger" | "quiet";

const looks: Record<Look, string> = {
  plain: "button",
  primary: "button button-primary",
  danger: "button button-danger",
  quiet: "button button-quiet",
};

export function Button({
  look = "plain",
  small = false,
  icon = false,
  ...props
}: Omit<AriaButtonProps, "className"> & { look?: Look; small?: boolean; icon?: boolean }) {
  const name = `${looks[look]}${small ? " button-small" : ""}${icon ? " button-icon" : ""}`;
  return <AriaButton {...props} className={name} />;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({
  href,
  look = "plain",
  small = false,
  children,
}: {
  href: string;
  look?: Look;
  small?: boolean;
  children: ReactNode;
}) {
  const name = `${looks[look]}${small ? " button-small" : ""}`;
  if (!href.startsWith("/"))
    return (
      <a href={href} className={name} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  return (
    <Link href={href} className={name}>
      {children}
    </Link>
  );
}
