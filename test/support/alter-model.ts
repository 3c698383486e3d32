import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

export interface Alteration {
	readonly dataDir: string;
	readonly model: string;
	readonly name: string;
	readonly change: (bytes: Buffer) => Buffer;
	/** True puts the new checksum into the registry, as one would who means it. */
	readonly isVouched: boolean;
}

/** A copy of the models folder, with this model alone and one of its files changed. */
export async function alterModel({ dataDir, model, name, change, isVouched }: Alteration): Promise<string> {
	const copy = await mkdtemp(join(dataDir, "models-"));
	await cp(fromPackageRoot("models", model), join(copy, model), { recursive: true });
	const file = join(copy, model, name);
	const bytes = change(await readFile(file));
	await writeFile(file, bytes);
	const registry = JSON.parse(await readFile(fromPackageRoot("models", "registry.json"), "utf8"));
	const entry = [...registry.models, ...registry.textModels].find(({ id }: { readonly id: string }) => id === model);
	for (const listed of entry.files)
		if (isVouched && listed.name === name) listed.sha256 = createHash("sha256").update(bytes).digest("hex");
	await writeFile(join(copy, "registry.json"), JSON.stringify(registry));
	return copy;
}

/** A weight scale near float32's end overflows on its way through the network: the answer is no number. */
export function overflowing(topology: Buffer): Buffer {
	return Buffer.from(topology.toString("utf8").replaceAll(/"scale":[\d.e-]+/g, `"scale":1e30`));
}
