import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** For `npm run dev:console`: pages from Vite, with changes seen at once; data from a Teal that runs already. */
const teal = process.env["TEAL"] ?? "http://localhost:4000";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // Everything is a file of its own: inline scripts, styles and images from data URLs are refused (CSP).
    assetsInlineLimit: 0,
    // One stylesheet, loaded first: a part of the page that comes later needs nothing but its script, which can be asked for again.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { "/v1": { target: teal, changeOrigin: true, configure: (proxy) => proxy.on("proxyReq", asOwn) } },
  },
});

/** Teal refuses what comes from another web page. */
function asOwn(request: { removeHeader(name: string): void }): void {
  for (const name of ["origin", "sec-fetch-site"]) request.removeHeader(name);
}
