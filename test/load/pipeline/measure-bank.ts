// One bank of so many pictures: `make` writes its snapshot, `ask` starts from that as a detector does, and is asked for pictures. Each
// in a process of its own, so that memory is the bank's.
import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { type BankSettings, bankSettings, type MediaHashes } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { readSnapshot } from "../../../services/core/banks/bank-snapshot.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { writeSnapshotFile } from "../../../services/parts/bank-snapshot-file.ts";
import { framedHashes } from "../../support/framed-hashes.ts";

/** Of one thread's processor: the same whatever else the machine does. */
export interface MeasuredBank {
	readonly loadSeconds: number;
	readonly millisecondsPerPicture: number;
	readonly memoryMiB: number;
}

const picturesAsked = 500;
const hashBytes = 32;
/** Drawn at once: one call for each hash takes longer than all the rest. */
const hashesDrawn = 2_048;
const clock = { now: () => Date.now() };

const [mode, file = "", count = "0"] = process.argv.slice(2);
if (mode === "make") await make(Number(count));
else if (mode === "ask") process.stdout.write(JSON.stringify(ask()));
else throw new Error("make or ask, and a file");

async function make(entries: number): Promise<void> {
	const matcher = createBankMatcher({ clock });
	const bank: BankSettings = bankSettings.parse({
		...{
			id: bankId.parse(uuidv7(0)),
			name: "grown",
			kind: "known",
			category: "benchmark",
			trusted: true,
			enabled: true,
		},
		...{ shadow: false, enabledRatio: 1, tightRadiusBits: 20, wideRadiusBits: 31 },
	});
	matcher.apply({ sequence: 1, kind: "bank", bank });
	const opinions = [{ source: "list", kind: "positive" }] as const;
	const random = new Uint8Array(hashBytes * hashesDrawn);
	for (let one = 0; one < entries; one += 1) {
		const at = (one % hashesDrawn) * hashBytes;
		if (at === 0) randomFillSync(random);
		const id = entryId.parse(uuidv7(one));
		const hash = random.slice(at, at + hashBytes);
		const entry = { id, bankId: bank.id, hashType: "pdq", hash, quality: 100, opinions, isQuarantined: false } as const;
		matcher.apply({ sequence: 2 + one, kind: "entry", entry });
	}
	await writeSnapshotFile(file, matcher.source, { sequence: entries + 1, lastChange: "" });
}

function ask(): MeasuredBank {
	const matcher = createBankMatcher({ clock });
	const startedAt = processorMs();
	const snapshot = readSnapshot(readFileSync(file));
	if (snapshot === null) throw new Error("no snapshot");
	matcher.load(snapshot);
	matcher.compact();
	const loadSeconds = (processorMs() - startedAt) / 1_000;
	const pictures = Array.from({ length: picturesAsked }, randomPicture);
	const askedAt = processorMs();
	for (const picture of pictures) matcher.match(picture);
	return {
		loadSeconds,
		millisecondsPerPicture: (processorMs() - askedAt) / picturesAsked,
		memoryMiB: process.memoryUsage().rss / 2 ** 20,
	};
}

function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

/** As the examiner gives them: eight turns and all other framings. What most pictures of a platform are: not in the bank. */
function randomPicture(): MediaHashes {
	const random = (length: number) => randomFillSync(new Uint8Array(length));
	const dihedral = Array.from({ length: 8 }, () => random(32));
	const reframed = framedHashes(() => random(32));
	const pdq = { hash: dihedral[0] ?? random(32), quality: 100, dihedral, reframed };
	return { sha256: random(32), sha1: random(20), md5: random(16), pdq };
}
