import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { requireProgram, run } from "./server-process.ts";

/** Folder with the jars that infra/`name`/pom.xml asks for: fetched once through Maven into `.cache/`. */
export async function mavenJars(name: string, version: string): Promise<string> {
	await requireProgram("java", "install a Java runtime, 17 or later (Debian: openjdk-17-jre-headless)");
	const folder = fromPackageRoot(".cache", name, version);
	if ((await readdir(folder).catch(() => [])).length > 0) return folder;
	await requireProgram("mvn", "install Maven (Debian: maven)");
	const parent = fromPackageRoot(".cache", name);
	await mkdir(parent, { recursive: true });
	const partial = await mkdtemp(join(parent, "partial-"));
	const pom = fromPackageRoot("infra", name, "pom.xml");
	await run("mvn", ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${partial}`]).catch(
		(error: unknown) => {
			throw new Error(`the jars of infra/${name}/pom.xml could not be fetched; \`mvn\` says why`, { cause: error });
		},
	);
	// Another suite may have been faster; either copy is whole.
	await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
	return folder;
}
