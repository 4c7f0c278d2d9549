/** What somebody else has written is followed only where it leads to a page by TLS; else it is shown as the text that it is. */
export function Address({ text, children }: { text: string; children?: string }) {
  if (!isSecurePage(text)) return <span className="breaks">{text}</span>;
  return (
    <a href={text} rel="noreferrer noopener" target="_blank" className="breaks">
      {children ?? text}
    </a>
  );
}

function isSecurePage(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
