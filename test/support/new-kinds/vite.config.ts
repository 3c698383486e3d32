// The console with the kinds made up for tests, built like the real one but for its first file.
import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import consoleConfig from "../../../services/console/vite.config.ts";

const entry = fileURLToPath(new URL("page.tsx", import.meta.url));

export default mergeConfig(
	consoleConfig,
	defineConfig({
		plugins: [
			{
				name: "new-kinds",
				enforce: "pre",
				resolveId: (source) => (source.endsWith("/main.tsx") ? entry : null),
			},
		],
	}),
);
