import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { fetchOnce } from "./fetch-once.ts";
import { requireProgram, run } from "./server-process.ts";

/** Folder with the jars that infra/`name`/pom.xml asks for, fetched once through Maven into `.cache/`. */
export async function mavenJars(name: string, version: string): Promise<string> {
	await requireProgram("java", "install a Java runtime, 17 or later (Debian: openjdk-17-jre-headless)");
	return fetchOnce(name, version, async (folder) => {
		await requireProgram("mvn", "install Maven (Debian: maven)");
		const pom = fromPackageRoot("infra", name, "pom.xml");
		await run("mvn", ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${folder}`]).catch(
			(error: unknown) => {
				throw new Error(`the jars of infra/${name}/pom.xml could not be fetched; \`mvn\` says why`, { cause: error });
			},
		);
	});
}
