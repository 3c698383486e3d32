// A real object store that speaks S3 and checks signatures: S3Proxy over a folder, from the jars that infra/s3/pom.xml names.
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { mavenJars } from "./maven-jars.ts";
import { acceptsConnections, type Server, startServerProcess } from "./server-process.ts";

export interface S3Server extends Server {
	/** With the bucket as its path. */
	readonly endpoint: string;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** Names of the files it keeps, unfinished uploads among them. */
	listFiles(): Promise<readonly string[]>;
}

const bucket = "breakwater";

export async function startS3(): Promise<S3Server> {
	const jars = await mavenJars("s3", "2.6.0");
	const folder = await mkdtemp(join(tmpdir(), "breakwater-s3-"));
	const objects = join(folder, "objects");
	await mkdir(join(objects, bucket), { recursive: true });
	const port = await freePort();
	const [accessKeyId, secretAccessKey] = ["test-key", "test-secret"];
	const properties = join(folder, "s3proxy.properties");
	await writeFile(
		properties,
		[
			`s3proxy.endpoint=http://127.0.0.1:${port}`,
			"s3proxy.authorization=aws-v4",
			`s3proxy.identity=${accessKeyId}`,
			`s3proxy.credential=${secretAccessKey}`,
			"jclouds.provider=filesystem-nio2",
			"jclouds.identity=unused",
			"jclouds.credential=unused",
			`jclouds.filesystem.basedir=${objects}`,
			"",
		].join("\n"),
	);
	const logging = `-Dlogback.configurationFile=${fromPackageRoot("infra", "s3", "logback.xml")}`;
	const java = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", logging, "-cp", join(jars, "*")];
	const start = () =>
		startServerProcess({
			command: "java",
			args: [...java, "org.gaul.s3proxy.Main", "--properties", properties],
			cwd: folder,
			logFile: join(folder, "s3proxy.log"),
			isServing: () => acceptsConnections(port),
		});
	let server = await start();
	return {
		endpoint: `http://127.0.0.1:${port}/${bucket}`,
		region: "us-east-1",
		accessKeyId,
		secretAccessKey,
		pid: () => server.pid,
		async listFiles() {
			const entries = await readdir(objects, { recursive: true, withFileTypes: true });
			return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
		},
		kill: () => server.end("SIGKILL"),
		async restart() {
			server = await start();
		},
		async stop() {
			await server.end("SIGTERM");
			await rm(folder, { recursive: true, force: true });
		},
	};
}
