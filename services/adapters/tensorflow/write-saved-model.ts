import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../core/scoring/model-registry.ts";
import type { Network } from "./conversion/network.ts";
import { toSavedModel } from "./conversion/saved-model.ts";

/**
 * The folder of the model's frozen SavedModel under `folder`, made on first use. Throws where the conversion does not give
 * the bytes that the registry promises: then this code and the registry are not of one release.
 */
export function ensureSavedModel(folder: string, model: Model, network: () => Network): string {
	const promised = model.derived.savedModel;
	const target = join(folder, `${model.id}-${model.version}-${promised.slice(0, 12)}`);
	if (sha256OfFile(join(target, "saved_model.pb")) === promised) return target;
	const bytes = toSavedModel(network());
	if (sha256(bytes) !== promised)
		throw new Error(
			`${model.id}: the SavedModel made from the model's files is not the one that the registry describes`,
		);
	const temporary = join(folder, `.${randomUUID()}`);
	mkdirSync(temporary, { recursive: true });
	writeFileSync(join(temporary, "saved_model.pb"), bytes);
	rmSync(target, { recursive: true, force: true });
	try {
		renameSync(temporary, target);
	} catch (error) {
		// Another process may have put the same bytes there meanwhile.
		rmSync(temporary, { recursive: true, force: true });
		if (sha256OfFile(join(target, "saved_model.pb")) !== promised) throw error;
	}
	return target;
}

function sha256OfFile(file: string): string | null {
	try {
		return sha256(readFileSync(file));
	} catch {
		return null;
	}
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
