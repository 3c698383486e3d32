// A real Apache Kafka: one KRaft node from the jars that infra/kafka/pom.xml names.
import { randomUUID } from "node:crypto";
import { appendFile, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { mavenJars } from "./maven-jars.ts";
import { acceptsConnections, requireProgram, run, type Server, startServerProcess } from "./server-process.ts";

export interface KafkaServer extends Server {
	/** host:port */
	readonly broker: string;
	readonly port: number;
	/** host:port of a listener that names itself to its clients, whatever port is advertised on the first. */
	readonly directBroker: string;
	/** All values of a topic, as kcat reads them, one per record. */
	readAll(topic: string): Promise<readonly string[]>;
}

const javaFlags = ["-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-Djava.awt.headless=true"];
/** It starts in two seconds and is gone after the suite. */
const noOptimizer = ["-XX:TieredStopAtLevel=1"];

export async function startKafka(
	options: {
		readonly advertisedPort?: number;
		/** With the optimizing compiler, as in production: slower to start, faster to run. */
		readonly isOptimized?: boolean;
	} = {},
): Promise<KafkaServer> {
	const jars = await mavenJars("kafka", "4.1.1");
	const folder = await mkdtemp(join(tmpdir(), "breakwater-kafka-"));
	const [port, controllerPort, directPort] = [await freePort(), await freePort(), await freePort()];
	const properties = join(folder, "server.properties");
	await copyFile(fromPackageRoot("infra", "kafka", "server.properties"), properties);
	await appendFile(
		properties,
		[
			"",
			`listeners=PLAINTEXT://127.0.0.1:${port},DIRECT://127.0.0.1:${directPort},CONTROLLER://127.0.0.1:${controllerPort}`,
			`advertised.listeners=PLAINTEXT://127.0.0.1:${options.advertisedPort ?? port},DIRECT://127.0.0.1:${directPort}`,
			"listener.security.protocol.map=PLAINTEXT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT",
			"inter.broker.listener.name=DIRECT",
			`controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}`,
			`log.dirs=${join(folder, "data")}`,
			"",
		].join("\n"),
	);
	const java = [...javaFlags, ...(options.isOptimized === true ? [] : noOptimizer), "-cp", join(jars, "*")];
	const clusterId = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url");
	await run("java", [
		...java,
		"kafka.tools.StorageTool",
		"format",
		`--cluster-id=${clusterId}`,
		"-c",
		properties,
		"--standalone",
	]);

	const start = () =>
		startServerProcess({
			command: "java",
			args: [...java, "kafka.Kafka", properties],
			cwd: folder,
			logFile: join(folder, "kafka.log"),
			isServing: () => acceptsConnections(port),
		});
	let broker = await start();
	return {
		broker: `127.0.0.1:${options.advertisedPort ?? port}`,
		port,
		pid: () => broker.pid,
		directBroker: `127.0.0.1:${directPort}`,
		async readAll(topic) {
			await requireProgram("kcat", "install kcat (Debian: kcat)");
			const args = ["-C", "-b", `127.0.0.1:${directPort}`, "-t", topic, "-o", "beginning", "-e", "-q"];
			const { stdout } = await run("kcat", args, { maxBuffer: 100_000_000 });
			return stdout.split("\n").filter(Boolean);
		},
		kill: () => broker.end("SIGKILL"),
		async restart() {
			broker = await start();
		},
		async stop() {
			await broker.end("SIGTERM");
			await rm(folder, { recursive: true, force: true });
		},
	};
}
