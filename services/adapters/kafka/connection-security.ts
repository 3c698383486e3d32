// What kafkajs is told of TLS and of who we are.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { KafkaConfig } from "kafkajs";
import type { Config } from "../../runtime/config.ts";

type Security = Config["stream"]["security"];

export function connectionSecurity({ tls, sasl }: Security): Pick<KafkaConfig, "ssl" | "sasl"> {
	return {
		...(tls === null ? {} : { ssl: readTls(tls) }),
		...(sasl === null ? {} : { sasl: toSasl(sasl) }),
	};
}

/** The host's name is checked against its certificate, always. */
function readTls({ caFile, certFile, keyFile }: NonNullable<Security["tls"]>) {
	return {
		...(caFile === null ? {} : { ca: [readCertificates(caFile)] }),
		...(certFile === null ? {} : { cert: readFileSync(certFile, "utf8") }),
		...(keyFile === null ? {} : { key: readFileSync(keyFile, "utf8") }),
	};
}

/** Nothing else says that a file holds none: no broker is trusted then. */
function readCertificates(file: string): string {
	const text = readFileSync(file, "utf8");
	if (!text.includes("-----BEGIN CERTIFICATE-----"))
		throw new Error(`BREAKWATER_KAFKA_CA_FILE: ${file} holds no certificate (PEM)`);
	return text;
}

function toSasl(sasl: NonNullable<Security["sasl"]>): NonNullable<KafkaConfig["sasl"]> {
	if (sasl.mechanism !== "oauthbearer") {
		const { mechanism, username, password } = sasl;
		// kafkajs tells the three apart by type, which a union does not.
		return { mechanism, username, password } as NonNullable<KafkaConfig["sasl"]>;
	}
	// Whoever renews the token writes the file anew; kafkajs asks again with each connection.
	const { tokenFile } = sasl;
	return {
		mechanism: "oauthbearer",
		oauthBearerProvider: async () => ({ value: (await readFile(tokenFile, "utf8")).trim() }),
	};
}
