import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// Three files under fixed names. Pages weigh little and work without them.
export default defineConfig({
	root: fileURLToPath(new URL(".", import.meta.url)),
	publicDir: false,
	build: {
		outDir: fileURLToPath(new URL("../../../dist/portal", import.meta.url)),
		emptyOutDir: true,
		target: "es2022",
		cssCodeSplit: false,
		modulePreload: false,
		reportCompressedSize: false,
		rolldownOptions: {
			input: { portal: "portal.ts", sw: "sw.ts" },
			output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "portal[extname]" },
		},
	},
});
