import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { requireProgram, run } from "../support/servers/server-process.ts";

export interface Certificate {
	readonly key: string;
	readonly cert: string;
	/** PEM, for those who shall trust it. */
	readonly certFile: string;
}

/** Signed by itself, for these names: `DNS:…` or `IP:…`. */
export async function createCertificate(folder: string, names: string): Promise<Certificate> {
	await requireProgram("openssl", "install OpenSSL (Debian: openssl)");
	const own = await mkdtemp(join(folder, "certificate-"));
	const [keyFile, certFile] = [join(own, "key.pem"), join(own, "cert.pem")];
	await run("openssl", [
		...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
		...["-subj", "/CN=faults", "-addext", `subjectAltName=${names}`, "-keyout", keyFile, "-out", certFile],
	]);
	return { key: await readFile(keyFile, "utf8"), cert: await readFile(certFile, "utf8"), certFile };
}
