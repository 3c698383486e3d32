// What the demonstration needs in the record, found or made: its platform, its bank, its login.
import { randomBytes } from "node:crypto";
import { machine } from "../core/acts/doer.ts";
import { newBankDefaults } from "../core/banks/bank.ts";
import { hashText } from "../core/hashes/text/text-hash.ts";
import type { NewEntry } from "../core/ports/bank-store.ts";
import type { Platform, PlatformStore } from "../core/ports/platform-store.ts";
import { hashOfKey, newKey } from "../runtime/bearer-key.ts";
import type { DemoDeps } from "./demo.ts";
import { type FeedItem, isRepeated, knownSeeds, knownTexts } from "./plan-feed.ts";
import type { SamplePlatform } from "./sample-platform.ts";

export interface DemoSeed {
	readonly apiKey: string;
	readonly platform: Platform;
	readonly login: { readonly name: string; readonly password: string };
}

const bankName = "demo-known";
const login = "demo";

/** Its API key and the login's password are new with each start; nothing of them is kept in the clear. */
export async function seedDemo(deps: DemoDeps, sample: SamplePlatform, feed: readonly FeedItem[]): Promise<DemoSeed> {
	const { stores } = deps.parts;
	const platform = await findOrAddPlatform(stores.platforms, sample);
	sample.useSecret(platform.webhook?.secret ?? "");
	const apiKey = newKey("platform", platform.name);
	await stores.platforms.rotateKeys(platform.id, hashOfKey(apiKey), { formerUntil: null, by: machine });
	await fillBank(deps, feed);
	const password = await giveLogin(deps);
	return { apiKey, platform, login: { name: login, password } };
}

/** A platform belongs to its port: should another program hold the former one, a new platform is made for the new one. */
async function findOrAddPlatform(platforms: PlatformStore, sample: SamplePlatform): Promise<Platform> {
	const { port } = new URL(sample.url);
	const name = `demo-${port}`;
	const found = (await platforms.list()).find((one) => one.name === name);
	if (found !== undefined) return found;
	const secret = `whsec_${randomBytes(24).toString("base64")}`;
	return platforms.create({
		name,
		source: `//demo.example/${port}`,
		webhook: { url: sample.url, secret },
		mediaHosts: [],
	});
}

async function fillBank(deps: DemoDeps, feed: readonly FeedItem[]): Promise<void> {
	const { banks } = deps.parts.stores;
	const bank =
		(await banks.findByName(bankName)) ??
		(await banks.create(
			{
				name: bankName,
				kind: "known",
				category: "demonstration",
				...newBankDefaults,
				trusted: true,
			},
			"demo",
		));
	const base = { opinion: { source: "demo", kind: "positive" }, externalId: null, note: null } as const;
	const entries: NewEntry[] = [];
	const repeated = feed.flatMap((item) => (item.kind === "post" && isRepeated(item) ? [item.text] : []));
	for (const text of [...knownTexts, ...new Set(repeated)]) {
		const hash = hashText(text);
		if (hash !== null) entries.push({ ...base, hashType: "text", hash, quality: null });
	}
	await using examiner = deps.openExaminer();
	for (const seed of knownSeeds) {
		const { hashes } = await examiner.examine(await deps.drawSample(seed), new AbortController().signal);
		entries.push({ ...base, hashType: "sha256", hash: hashes.sha256, quality: null });
		if (hashes.pdq !== null)
			entries.push({ ...base, hashType: "pdq", hash: hashes.pdq.hash, quality: hashes.pdq.quality });
	}
	await banks.addEntries(bank.id, entries, "demo");
}

async function giveLogin({ parts, hashPassword }: DemoDeps): Promise<string> {
	const { users } = parts.stores;
	const password = randomBytes(9).toString("base64url");
	const passwordHash = await hashPassword(password);
	const found = await users.findForLogin(login);
	if (found === null)
		await users.create({ login, displayName: "Demo reviewer", roles: ["reviewer", "lead", "operator"], passwordHash });
	else await users.setPassword(found.user.id, passwordHash);
	return password;
}
