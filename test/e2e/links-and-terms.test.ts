// Links and terms of lists in posts, from the list to the case: command line, intake, stream, detector, banks and record on the embedded profile.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { breakwater } from "../support/cli-in-process.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let folder: string;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	folder = await mkdtemp(join(tmpdir(), "breakwater-links-"));
	process.env.BREAKWATER_DATABASE_URL = system.parts.databaseUrl;
	process.env.BREAKWATER_DATA_DIR = folder;
	await breakwater("bank", "create", "links", "--category", "demonstration", "--new-category", "--by", "an");
}, 60_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	await system[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

async function file(name: string, text: string): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, text);
	return path;
}

/** What the case of a post says of its matches; null where there is no case. */
async function caseOf(text: string) {
	const { follower } = await system.parts.banks();
	await follower.catchUp();
	const subject = await settlePost(system, text);
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = found === undefined ? null : await cases.find(found.id);
	if (detail === null) return null;
	const item = detail.items.find((one) => one.subject === subject);
	const matches = matchesOf(item?.signals ?? []).map(({ hashType, transform, only }) => ({
		...{ hashType, transform },
		...(only && { only }),
	}));
	return { tier: detail.tier, state: item?.state, items: detail.items.length, matches };
}

const atPeople = { tier: "T", state: "live", items: 1 };

test("a hosts file is imported, a post with a link to a host of it goes to people and stays visible, and no address is kept", async () => {
	const list = await file("hosts", "# placeholders\n0.0.0.0 listed.example\n0.0.0.0 x.other.example\n");
	const imported = await breakwater("bank", "import", "links", list, "--by", "an", "--json");
	expect(JSON.parse(imported.out)).toMatchObject({ delta: { added: 2 } });
	expect(await caseOf("look here: hxxps://www.listed[.]example/page?utm_source=a")).toEqual({
		...atPeople,
		matches: [{ hashType: "link", transform: "linkDomain" }],
	});
	expect(await caseOf("another page: https://x.other.example/")).toMatchObject({
		matches: [{ transform: "linkHost" }],
	});
	const exported = await breakwater("bank", "export", "links");
	expect(exported.out).not.toContain("example");
});

test("an address is added by hand, and answers for what lies beneath it", async () => {
	const lines = await file("lines.txt", "https://added.example/album/7\nco.uk\n");
	const added = await breakwater("bank", "add", "links", lines, "--links", "--by", "an", "--json");
	expect(JSON.parse(added.out)).toMatchObject({ added: 1, refused: [{ path: `${lines}:2` }] });
	expect(added.err).not.toContain("co.uk");
	expect(await caseOf("https://added.example/album/7?page=2")).toMatchObject({
		...atPeople,
		matches: [{ hashType: "link", transform: "linkPath" }],
	});
	expect(await caseOf("https://added.example/other")).toBeNull();
});

test("posts that link to one place are cases of their own", async () => {
	const [one, other] = [await caseOf("one https://listed.example/"), await caseOf("other https://listed.example/")];
	expect([one?.items, other?.items]).toEqual([1, 1]);
});

test("a post of more links than are looked up goes to people, who are told so", async () => {
	const many = Array.from({ length: 400 }, (_, at) => `https://many.example/${at}`).join(" ");
	const subject = await settlePost(system, many);
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = found === undefined ? null : await system.parts.stores.cases.find(found.id);
	expect(detail?.items[0]?.signals).toContainEqual(expect.objectContaining({ reason: "too-many-links" }));
});

test("a table of terms is imported, a post with one goes to people and stays visible, and no word is kept", async () => {
	await breakwater("bank", "create", "terms", "--category", "demonstration", "--by", "an");
	const list = await file(
		"terms.csv",
		"term,weight,category,review_by\nấm nước xanh,3,kitchen,2100-01-01\nsaucepan,1,kitchen,\n",
	);
	const imported = await breakwater("bank", "import", "terms", list, "--by", "an", "--json");
	expect(JSON.parse(imported.out)).toMatchObject({ delta: { added: 2 } });
	expect(await caseOf("Cái ẤM  NƯỚC xanh của tôi")).toEqual({
		...atPeople,
		matches: [{ hashType: "text-term", transform: "none" }],
	});
	expect(await caseOf("cai am nuoc xanh cua toi")).toBeNull();
	expect(await caseOf("a saucepan")).toBeNull();
	const exported = await breakwater("bank", "export", "terms");
	expect(exported.out).not.toMatch(/saucepan|nước/);
});

test("terms are added by hand, and taken back", async () => {
	const lines = await file("terms.txt", "blue kettle\none two three four five six seven\n");
	const added = await breakwater("bank", "add", "terms", lines, "--terms", "--by", "an", "--json");
	expect(JSON.parse(added.out)).toMatchObject({ added: 1, refused: [{ path: `${lines}:2` }] });
	expect(await caseOf("my blue kettle")).toMatchObject(atPeople);
	expect(await breakwater("bank", "set", "terms", "--shadow", "--by", "an")).toMatchObject({ code: 0 });
	expect(await caseOf("another blue kettle")).toBeNull();
});

test("a term that counts only beside other words, or in one language, asks people there and nowhere else", async () => {
	await breakwater("bank", "create", "beside", "--category", "demonstration", "--by", "an");
	const list = await file("beside.csv", "term,language,context,within\ncolander,,blue;ấm nước,4\nwhisk,vi,,\n");
	const imported = await breakwater("bank", "import", "beside", list, "--by", "an", "--json");
	expect(JSON.parse(imported.out)).toMatchObject({ delta: { added: 2 } });
	expect(await caseOf("here is a colander, as they say in the shop")).toBeNull();
	expect(await caseOf("here is a colander, a blue one")).toMatchObject(atPeople);
	expect(await caseOf("we have bought a new whisk for the whole kitchen")).toBeNull();
	expect(await caseOf("hôm qua chúng tôi mua một whisk mới cho nhà bếp")).toMatchObject(atPeople);

	const again = await breakwater("bank", "export", "beside");
	expect(again.out).not.toMatch(/blue|nước|colander/);
	const copy = await breakwater("bank", "import", "beside", await file("again.csv", again.out), "--by", "an", "--json");
	expect(JSON.parse(copy.out)).toMatchObject({ delta: { added: 0, changed: 0 } });

	const lines = await file("ladle.txt", "ladle\n");
	const add = (...options: string[]) =>
		breakwater("bank", "add", "beside", lines, "--terms", "--by", "an", "--json", ...options);
	expect(await add("--beside", "green", "--within", "500")).toMatchObject({ code: 2 });
	expect(await add("--language", "fr")).toMatchObject({ code: 2 });
	expect(JSON.parse((await add("--beside", "green", "--beside", "red", "--after", "2")).out)).toMatchObject({
		added: 1,
	});
	expect(await caseOf("a green ladle of wood")).toBeNull();
	expect(await caseOf("a ladle of red wood")).toMatchObject({
		...atPeople,
		matches: [{ only: [{ beside: { before: 0, after: 2 } }] }],
	});
	expect(JSON.parse((await add()).out)).toMatchObject({ changed: 1 });
	expect(await caseOf("another green ladle of wood")).toMatchObject(atPeople);
});
