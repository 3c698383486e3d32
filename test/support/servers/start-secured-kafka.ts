// A real Apache Kafka as it should be run: clients come over TLS, say who they are with SCRAM, and may do what the ACLs say. One listener
// without any of it is left for the test itself, which sets the ACLs there.
import { randomUUID } from "node:crypto";
import { appendFile, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { createCertificate } from "../../faults/create-certificate.ts";
import { mavenJars } from "./maven-jars.ts";
import { acceptsConnections, run, startServerProcess } from "./server-process.ts";

export interface SecuredKafka extends AsyncDisposable {
	/** TLS and SCRAM-SHA-512. */
	readonly broker: string;
	readonly caFile: string;
	/** Whoever comes here may do everything. */
	readonly openBroker: string;
}

export const passwordOf = (user: string) => `password-of-${user}`;

const java = ["-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"];

export async function startSecuredKafka(users: readonly string[]): Promise<SecuredKafka> {
	const jars = await mavenJars("kafka", "4.1.1");
	const folder = await mkdtemp(join(tmpdir(), "breakwater-secured-kafka-"));
	const [port, openPort, controllerPort] = [await freePort(), await freePort(), await freePort()];
	const { key, cert, certFile } = await createCertificate(folder, "IP:127.0.0.1");
	const keystore = join(folder, "broker.pem");
	await writeFile(keystore, key + cert, { mode: 0o600 });
	const properties = join(folder, "server.properties");
	await copyFile(fromPackageRoot("infra", "kafka", "server.properties"), properties);
	const settings = [
		`listeners=SASL_SSL://127.0.0.1:${port},OPEN://127.0.0.1:${openPort},CONTROLLER://127.0.0.1:${controllerPort}`,
		`advertised.listeners=SASL_SSL://127.0.0.1:${port},OPEN://127.0.0.1:${openPort}`,
		"listener.security.protocol.map=SASL_SSL:SASL_SSL,OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT",
		"inter.broker.listener.name=OPEN",
		"sasl.enabled.mechanisms=SCRAM-SHA-512,OAUTHBEARER",
		"listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
		// Takes tokens that nobody signed: who issues them is not what is tried here, that we hand them over is.
		'listener.name.sasl_ssl.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
		"ssl.keystore.type=PEM",
		`ssl.keystore.location=${keystore}`,
		"authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
		"super.users=User:ANONYMOUS",
		`controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}`,
		`log.dirs=${join(folder, "data")}`,
	];
	await appendFile(properties, `\n${settings.join("\n")}\n`);
	const classes = ["-cp", join(jars, "*")];
	const clusterId = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url");
	const scram = users.flatMap((user) => ["--add-scram", `SCRAM-SHA-512=[name=${user},password=${passwordOf(user)}]`]);
	await run("java", [
		...[...java, ...classes, "kafka.tools.StorageTool", "format", `--cluster-id=${clusterId}`],
		...["-c", properties, "--standalone", ...scram],
	]);
	const server = await startServerProcess({
		command: "java",
		args: [...java, ...classes, "kafka.Kafka", properties],
		cwd: folder,
		logFile: join(folder, "kafka.log"),
		isServing: () => acceptsConnections(port),
	});
	return {
		broker: `127.0.0.1:${port}`,
		openBroker: `127.0.0.1:${openPort}`,
		caFile: certFile,
		async [Symbol.asyncDispose]() {
			await server.end("SIGTERM");
			await rm(folder, { recursive: true, force: true });
		},
	};
}
