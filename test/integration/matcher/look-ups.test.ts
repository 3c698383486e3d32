// /m/lookup, /m/raw_lookup and /m/compare: which content of the banks answers, how far away, and what is kept from answering.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { writeVideoFrames } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { digest, hashesOf, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { type MatcherFixture, openMatcherFixture } from "./matcher-fixture.ts";

let api: MatcherFixture;
beforeAll(async () => {
	api = await openMatcherFixture();
});
afterAll(async () => {
	await api[Symbol.asyncDispose]();
});

let named = 0;
let pdq: Uint8Array;
let bank: string;
beforeEach(async () => {
	named += 1;
	pdq = digest(`look-up ${named}`);
	bank = await api.createBank();
});

const lookup = (hash: Uint8Array, more = "") => api.get(`/m/lookup?signal_type=pdq&signal=${toHex(hash)}${more}`);
const raw = (hash: Uint8Array, more = "") => api.get(`/m/raw_lookup?signal_type=pdq&signal=${toHex(hash)}${more}`);
const add = async (hash: Uint8Array, to = bank): Promise<number> => {
	const { status, json } = await api.send("POST", `/c/bank/${to}/signal`, { pdq: toHex(hash) });
	if (status !== 200) throw new Error(`not added: ${status}`);
	return json.id;
};

describe("looking a hash up", () => {
	it("answers by bank, with the content's number and the distance as text, at once after it was added", async () => {
		const id = await add(pdq);
		expect((await lookup(withBitsFlipped(pdq, 9))).json).toEqual({
			[bank]: [{ bank_content_id: id, distance: "9" }],
		});
	});

	it("takes the first value of a parameter that is given twice", async () => {
		const id = await add(pdq);
		expect((await raw(pdq, `&signal=${toHex(withBitsFlipped(pdq, 40))}`)).json).toEqual({ matches: [id] });
	});

	it("reaches 31 bits and no further", async () => {
		await add(pdq);
		expect((await lookup(withBitsFlipped(pdq, 31))).json).toHaveProperty(bank);
		expect((await lookup(withBitsFlipped(pdq, 32))).json).toEqual({});
	});

	it("answers content of the same hash each for itself, in the order of their numbers, in every bank", async () => {
		const second = await api.createBank();
		const ids = [await add(pdq), await add(pdq), await add(pdq, second)];
		const match = (id: number | undefined) => ({ bank_content_id: id, distance: "0" });
		expect((await lookup(pdq)).json).toEqual({ [bank]: [match(ids[0]), match(ids[1])], [second]: [match(ids[2])] });
		expect((await raw(pdq)).json).toEqual({ matches: ids });
		expect((await raw(pdq, "&include_distance=True")).json).toEqual({ matches: ids.map(match) });
	});

	it("answers the nearest few of each bank, and says how many more there are and whose policy held", async () => {
		for (let bits = 1; bits <= 12; bits += 1) await add(withBitsFlipped(pdq, bits));
		const { json, headers } = await lookup(pdq);
		const shown = json[bank].map(({ distance }: { distance: string }) => Number(distance));
		expect(shown.slice(0, 3)).toEqual([1, 2, 3]);
		expect(JSON.parse(headers.get("x-breakwater-left-out") ?? "{}")).toEqual({ [bank]: 12 - shown.length });
		expect(shown.length).toBeLessThan(12);
		expect(headers.get("x-breakwater-policy")).toBe("default");
		expect((await lookup(pdq, "&surface=group")).headers.get("x-breakwater-policy")).toBe("surface");
		expect((await lookup(pdq, "&surface=nowhere")).status).toBe(422);
	});

	it("looks only in the banks asked for; one that is nowhere has nothing", async () => {
		const second = await api.createBank();
		const ids = [await add(pdq), await add(pdq, second)];
		expect(Object.keys((await lookup(pdq, `&banks=${bank},${second}`)).json)).toEqual([bank, second]);
		expect(Object.keys((await lookup(pdq, `&banks=${second}`)).json)).toEqual([second]);
		expect((await lookup(pdq, "&banks=NOWHERE")).json).toEqual({});
		expect((await raw(pdq, `&banks=${bank}`)).json).toEqual({ matches: ids.slice(0, 1) });
		expect((await raw(pdq, "&banks=")).json).toEqual({ matches: ids });
	});

	it("of an MD5 takes any case and knows no distance", async () => {
		const md5 = toHex(digest(`look-up ${named}`, "md5"));
		const { json: added } = await api.send("POST", `/c/bank/${bank}/signal`, { video_md5: ` ${md5.toUpperCase()} ` });
		expect(added.signals).toEqual({ video_md5: md5 });
		const { json } = await api.get(`/m/lookup?signal_type=video_md5&signal=${md5.toUpperCase()}`);
		expect(json).toEqual({ [bank]: [{ bank_content_id: added.id, distance: "-" }] });
	});

	it("finds what came into the bank another way, always under the same number", async () => {
		const { id } = (await api.stores.banks.findByName(bank.toLowerCase().replaceAll("_", "-"))) ?? {};
		if (id === undefined) throw new Error("the bank is ours, too");
		const opinion = { source: "a-list", kind: "positive" } as const;
		const entry = { hashType: "pdq", hash: pdq, quality: 90, opinion, externalId: null, note: null } as const;
		await api.stores.banks.addEntries(id, [entry], "import");
		const own = await add(pdq);
		const first = (await raw(pdq)).json.matches;
		expect(first).toHaveLength(2);
		expect(first).toContain(own);
		const again = await Promise.all(Array.from({ length: 20 }, () => raw(pdq)));
		for (const { json } of again) expect(json.matches).toEqual(first);
	});

	it.each([
		["nothing", "", 400, "Either url or both signal and signal_type are required"],
		["no type", `signal=${"a".repeat(64)}`, 400, "Either url or both signal and signal_type are required"],
		["another type", "signal_type=tmk&signal=x", 400, "No such SignalType 'tmk'"],
		["a word", "signal_type=pdq&signal=banana", 400, "invalid signal: invalid PDQ hash"],
		["capitals", `signal_type=pdq&signal=${"A".repeat(64)}`, 400, "invalid signal: invalid PDQ hash"],
		["a word for an MD5", "signal_type=video_md5&signal=x", 400, "invalid signal: not a valid MD5 hash"],
	])("refuses %s", async (_what, query, status, message) => {
		const answer = await api.get(`/m/lookup?${query}`);
		expect([answer.status, answer.json]).toEqual([status, { message }]);
	});

	it.each([
		["/m/raw_lookup", ["signal", "signal_type"]],
		["/m/raw_lookup?signal=x", ["signal_type"]],
		["/m/raw_lookup?signal=x&signal_type=pdq&include_distance=maybe", ["include_distance"]],
		["/m/lookup?bypass_coinflip=maybe", ["bypass_coinflip"]],
	])("names the fields that are missing or wrong (%s)", async (path, fields) => {
		const { status, json } = await api.get(path);
		expect([status, json.map(({ loc }: { loc: string[] }) => loc[0])]).toEqual([422, fields]);
	});

	it("says that the banks are still loading, rather than that nothing is known", async () => {
		api.state = "loading";
		const answers = [await lookup(pdq), await raw(pdq)];
		api.state = "ready";
		for (const { status, json } of answers) expect([status, json]).toEqual([503, { message: "index not yet ready" }]);
	});
});

describe("looking media up", () => {
	it("answers a file, or what is at an address, by signal type and bank", async () => {
		const { json: added } = await api.upload(`/c/bank/${bank}/content`, { photo: api.picture });
		const { json } = await api.upload(`/m/lookup?banks=${bank}`, { photo: api.copy });
		expect(json).toEqual({
			pdq: { [bank]: [{ bank_content_id: added.id, distance: expect.stringMatching(/^\d+$/) }] },
		});
		const address = `url=http://${api.host}/picture.jpg&banks=${bank}`;
		const exact = [{ bank_content_id: added.id, distance: "0" }];
		expect((await api.get(`/m/lookup?${address}`)).json).toEqual({ pdq: { [bank]: exact } });
		expect((await api.get(`/m/lookup?${address}&signal_type=pdq`)).json).toEqual({ [bank]: exact });
		expect((await api.get(`/m/lookup?${address}&signal_type=video_md5`)).json).toEqual({});
		expect((await api.upload(`/m/lookup?banks=${bank}`, { photo: api.other })).json).toEqual({ pdq: {} });
	});

	it("finds a video by its stills, re-encoded and made smaller, sent or by the frames that it is known by", async () => {
		const clipNamed = (name: string) => readFile(fromPackageRoot("test", "fixtures", "video", name));
		const { json: added } = await api.upload(`/c/bank/${bank}/content`, { video: await clipNamed("zoom.mp4") });
		const match = { bank_content_id: added.id, distance: expect.stringMatching(/^(100|[89]\d)%\[\d+%\]$/) };
		const copy = await clipNamed("zoom.avi");
		const found = await api.upload(`/m/lookup?banks=${bank}`, { video: copy });
		expect(found.json).toEqual({ video_md5: {}, vpdq: { [bank]: [match] } });
		const { json: hashed } = await api.upload("/h/hash?types=vpdq", { video: copy });
		const signal = `signal_type=vpdq&signal=${encodeURIComponent(hashed.vpdq)}`;
		expect((await api.get(`/m/lookup?${signal}`)).json).toEqual({ [bank]: [match] });
		expect((await api.get(`/m/raw_lookup?${signal}&include_distance=true`)).json).toEqual({ matches: [match] });
		const other = await api.upload("/h/hash?types=vpdq", { video: await clipNamed("spiral.webm") });
		expect((await api.upload(`/m/lookup?banks=${bank}`, { video: await clipNamed("spiral.webm") })).json.vpdq).toEqual(
			{},
		);
		const compared = await api.send("POST", "/m/compare", { vpdq: [hashed.vpdq, added.signals.vpdq] });
		expect(compared.json).toEqual({ vpdq: [true, {}] });
		const apart = await api.send("POST", "/m/compare", { vpdq: [hashed.vpdq, other.json.vpdq] });
		expect(apart.json).toEqual({ vpdq: [false, {}] });
	}, 60_000);

	it("adds and shows the frames by which a video is known", async () => {
		const vpdq = writeVideoFrames(
			[0, 1].map((at) => ({ hash: digest(`frame ${at} ${named}`), quality: 90, atMs: at * 1_000 })),
		);
		const { json } = await api.send("POST", `/c/bank/${bank}/signal`, { vpdq });
		expect(json.signals).toEqual({ vpdq });
		expect((await api.get(`/c/bank/${bank}/content/${json.id}?include_signals=true`)).json.signals).toEqual({ vpdq });
		const blurred = writeVideoFrames([{ hash: digest("blurred"), quality: 10, atMs: 0 }]);
		expect((await api.send("POST", `/c/bank/${bank}/signal`, { vpdq: blurred })).status).toBe(400);
	});

	it("refuses what has no hash to look up", async () => {
		const flat = await api.upload("/m/lookup", { photo: api.flat });
		expect([flat.status, flat.json]).toEqual([400, { message: "invalid signal: invalid PDQ hash" }]);
		expect((await api.upload("/m/lookup", { photo: Buffer.from("no picture") })).status).toBe(400);
		expect((await api.send("POST", "/m/lookup")).json).toEqual({ message: "Missing multipart/form-data file upload" });
	});
});

describe("what does not answer", () => {
	const settings = () => api.stores.banks.findByName(bank.toLowerCase().replaceAll("_", "-"));

	it("is a bank that is off; whoever asks for all of them, or raw, finds it", async () => {
		const id = await add(pdq);
		await api.send("PUT", `/c/bank/${bank}`, { enabled: false });
		expect((await lookup(pdq)).json).toEqual({});
		expect((await lookup(pdq, "&bypass_coinflip=true")).json).toHaveProperty(bank);
		expect((await raw(pdq)).json).toEqual({ matches: [id] });
	});

	it("is a bank that is on in part, always for the same hashes, or for the same seeds", async () => {
		await api.send("PUT", `/c/bank/${bank}`, { enabled_ratio: 0.5 });
		await add(pdq);
		const answersTo = async (more: string) => bank in (await lookup(pdq, more)).json;
		const bySeed = new Map<string, boolean>();
		for (let seed = 0; seed < 60; seed += 1) bySeed.set(`&seed=${seed}`, await answersTo(`&seed=${seed}`));
		const share = [...bySeed.values()].filter(Boolean).length / bySeed.size;
		expect(share).toBeGreaterThan(0.2);
		expect(share).toBeLessThan(0.8);
		for (const [seed, answer] of [...bySeed].slice(0, 10)) expect(await answersTo(seed)).toBe(answer);
		expect(await answersTo("")).toBe(await answersTo(""));
	});

	it("is a bank in shadow, though it records what it would have done", async () => {
		await add(pdq);
		const { id } = (await settings()) ?? {};
		if (id === undefined) throw new Error("the bank is ours, too");
		await api.stores.banks.update(id, { shadow: true }, "operator");
		await add(digest(`another ${named}`));
		expect((await lookup(pdq)).json).toEqual({});
		expect((await api.get(`/c/bank/${bank}`)).json.matching_enabled_ratio).toBe(0);
	});

	it("is content that is switched off, until its time is over", async () => {
		const id = await add(pdq);
		const seconds = Math.trunc(Date.now() / 1_000) + 3_600;
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: seconds });
		expect((await lookup(pdq)).json).toEqual({});
		expect((await raw(pdq)).json).toEqual({ matches: [id] });
		expect(await api.matcher.match(hashesOf("any", pdq))).toEqual([]);
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 1 });
		expect((await lookup(pdq)).json).toHaveProperty(bank);
		expect(await api.matcher.match(hashesOf("any", pdq))).toMatchObject([{ distanceBits: 0 }]);
	});

	it("is what a bank of known harmless pictures holds, wherever else it is listed", async () => {
		await add(pdq);
		const exempt = await api.stores.banks.create(
			{
				...{ name: `harmless-${named}`, kind: "exempt", category: "test-category", owner: "an" },
				...{ trusted: false, enabled: true, shadow: false, enabledRatio: 1, tightRadiusBits: 20, wideRadiusBits: 31 },
				expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
			},
			"operator",
		);
		const opinion = { source: "here-as-well", kind: "positive" } as const;
		const entry = { hashType: "pdq", hash: pdq, quality: 90, opinion, externalId: null, note: null } as const;
		await api.stores.banks.addEntries(exempt.id, [entry], "operator");
		// What is added by the API waits until all before it is in force.
		await add(digest(`meanwhile ${named}`));
		// On the word of one source, in a bank that nobody has verified, nothing passes.
		expect((await lookup(pdq)).json).toHaveProperty(bank);
		await api.stores.banks.update(exempt.id, { trusted: true }, "operator");
		const elsewhere = await add(digest(`elsewhere ${named}`));
		expect((await lookup(pdq)).json).toEqual({});
		expect((await raw(pdq)).json.matches).toHaveLength(1);
		expect((await lookup(digest(`elsewhere ${named}`))).json[bank]).toMatchObject([{ bank_content_id: elsewhere }]);
	});

	it("is an entry that people have cleared", async () => {
		await add(pdq);
		const { id } = (await settings()) ?? {};
		if (id === undefined) throw new Error("the bank is ours, too");
		const [entry] = await api.stores.banks.findEntries(id, { after: null, limit: 1 });
		if (entry === undefined) throw new Error("an entry");
		await api.stores.banks.setOpinion(entry.id, { source: "here", kind: "negative" }, "an");
		await add(digest(`another ${named}`));
		expect((await lookup(pdq)).json).toEqual({});
	});
});

describe("comparing two hashes", () => {
	const compare = (body: unknown) => api.send("POST", "/m/compare", body);

	it("says whether they match and how far apart they are", async () => {
		const near = toHex(withBitsFlipped(pdq, 9));
		const far = toHex(digest("far"));
		expect((await compare({ pdq: [toHex(pdq), near] })).json).toEqual({ pdq: [true, { distance: 9 }] });
		expect((await compare({ pdq: [toHex(pdq), far] })).json.pdq[0]).toBe(false);
		const md5 = "cab08b36195edb1a1231d2d09fa450e0";
		const other = "d41d8cd98f00b204e9800998ecf8427e";
		expect((await compare({ video_md5: [md5, md5] })).json).toEqual({ video_md5: [true, {}] });
		expect((await compare({ video_md5: [md5, other] })).json).toEqual({ video_md5: [false, {}] });
		expect((await compare({})).json).toEqual({});
	});

	it.each([
		["a list", ["banana"], "Request input was not a dict"],
		["a word for two hashes", { pdq: "banana" }, "Comparison hashes for pdq was not a list"],
		["no hashes", { pdq: [] }, "Comparison hash list length must be exactly 2"],
		["three hashes", { pdq: ["a", "b", "c"] }, "Comparison hash list length must be exactly 2"],
		["words for hashes", { pdq: ["banana", "banana"] }, "Invalid pdq hash: invalid PDQ hash"],
		["numbers for hashes", { pdq: [1, 2] }, "Invalid pdq hash: invalid PDQ hash"],
		["another type", { tmk: ["a", "b"] }, "No such SignalType 'tmk'"],
	])("refuses %s", async (_what, body, message) => {
		const { status, json } = await compare(body);
		expect([status, json]).toEqual([400, { message }]);
	});

	it("wants JSON", async () => {
		expect((await compare(undefined)).status).toBe(415);
		const asText = { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" };
		expect((await api.request("/m/compare", asText)).status).toBe(415);
		const broken = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
		expect((await api.request("/m/compare", broken)).status).toBe(400);
	});
});
