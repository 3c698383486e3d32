import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The review process serves the result under a Content-Security-Policy of `self` only: nothing may be inlined, neither
// scripts, styles, nor small assets as data: URLs.
export default defineConfig({
	root: fileURLToPath(new URL(".", import.meta.url)),
	base: "/",
	publicDir: false,
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	build: {
		outDir: fileURLToPath(new URL("../../dist/console", import.meta.url)),
		emptyOutDir: true,
		target: "es2023",
		assetsInlineLimit: 0,
		modulePreload: false,
		sourcemap: false,
		reportCompressedSize: false,
	},
});
