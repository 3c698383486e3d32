// A real Trino: a coordinator and a worker on this machine, with a metastore in a folder and the files of another.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../../../services/runtime/free-port.ts";
import { startServerProcess } from "./server-process.ts";
import { recentJava, trinoServer } from "./trino-server.ts";

export interface TrinoServer extends AsyncDisposable {
	readonly url: string;
	/** Where it finds what lies in the folder that it was given. */
	readonly location: string;
}

const flags = [
	...["-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=Asia/Ho_Chi_Minh"],
	...["-Djdk.attach.allowAttachSelf=true", "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"],
	...["--add-opens=java.base/java.nio=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"],
];

/** `folder`: of the history's files. It keeps its tables in a folder beside. */
export async function startTrino(folder: string): Promise<TrinoServer> {
	const own = await mkdtemp(join(tmpdir(), "breakwater-trino-"));
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const catalog = [
		...["connector.name=hive", "hive.metastore=file", `hive.metastore.catalog.dir=local:///metastore`],
		...["fs.native-local.enabled=true", `local.location=${folder}`, "hive.parquet.time-zone=UTC"],
	];
	const base = { home: await trinoServer(), java: await recentJava(), own, catalog, coordinatorUrl: url };
	const nodes = await Promise.all([
		startNode({ ...base, name: "coordinator", port, isCoordinator: true }),
		startNode({ ...base, name: "worker", port: await freePort(), isCoordinator: false }),
	]);
	return {
		url,
		location: "local:///history",
		async [Symbol.asyncDispose]() {
			await Promise.all(nodes.map((node) => node.end("SIGKILL")));
			await rm(own, { recursive: true, force: true });
		},
	};
}

const info = z.object({ starting: z.boolean() });

interface NodeOptions {
	readonly home: string;
	readonly java: string;
	readonly own: string;
	readonly catalog: readonly string[];
	readonly coordinatorUrl: string;
	readonly name: string;
	readonly port: number;
	readonly isCoordinator: boolean;
}

async function startNode(options: NodeOptions) {
	const { home, java, own, catalog, coordinatorUrl, name, port, isCoordinator } = options;
	const folder = join(own, name);
	const catalogs = join(folder, "catalog");
	await mkdir(catalogs, { recursive: true });
	await writeFile(join(catalogs, "hive.properties"), catalog.join("\n"));
	const properties = join(folder, "config.properties");
	const lines = [
		...["node.environment=test", `node.id=${name}`, "node.internal-address=127.0.0.1"],
		...[`coordinator=${isCoordinator}`, `http-server.http.port=${port}`, `discovery.uri=${coordinatorUrl}`],
		...[`plugin.dir=${join(home, "plugin")}`, `catalog.config-dir=${catalogs}`],
		...["query.max-memory=512MB", "query.max-memory-per-node=512MB"],
		...(isCoordinator ? ["node-scheduler.include-coordinator=false"] : []),
	];
	await writeFile(properties, lines.join("\n"));
	return startServerProcess({
		command: java,
		args: [...flags, `-Dconfig=${properties}`, "-cp", join(home, "lib", "*"), "io.trino.server.TrinoServer"],
		...{ cwd: folder, logFile: join(folder, "trino.log") },
		isServing: async () => {
			const answer = await fetch(`http://127.0.0.1:${port}/v1/info`);
			const { starting } = info.parse(await answer.json());
			if (starting) throw new Error("it is starting");
		},
	});
}
