// Posts that are a link: which are one thing by it, and which are strangers that share it.
import { describe, expect, test } from "@jest/globals";
import { createAlone } from "../../../../services/core/clusters/alone.ts";
import { likenessOfPost, samePost } from "../../../../services/core/clusters/likeness.ts";
import { createMedoids } from "../../../../services/core/clusters/medoids.ts";
import { confirmedIn, type Membership } from "../../../../services/core/clusters/membership.ts";
import { place } from "../../../../services/core/clusters/place.ts";
import { type ItemId, itemId, uuidv7 } from "../../../../services/core/ids.ts";
import { createGenerator } from "../../../support/generated-texts.ts";

const address = "https://example.org/notices/harbor?id=7";

function detector() {
	const known = { medoids: createMedoids(), alone: createAlone(100) };
	let items = 0;
	return (text: string, id: ItemId = itemId.parse(uuidv7(++items))): readonly Membership[] => {
		const likeness = likenessOfPost(text);
		return likeness?.type === "link" ? place(likeness, known, { itemId: id, authorId: "an", atMs: 0 }) : [];
	};
}

describe("posts that are one link and nothing else", () => {
	test("are one thing, however the link is written", () => {
		const places = detector();
		const first = itemId.parse(uuidv7(99));
		const founded = confirmedIn(places(address, first));
		const written = [
			"https://www.example.org/notices/harbor/?id=7&utm_source=app",
			"hxxps://example[.]org/notices/harbor?id=7",
			`  <${address}> 🚢🚢`,
			"example.org/notices/harbor?id=7",
		];
		for (const text of written)
			expect(places(text)).toMatchObject([
				{ clusterId: founded, degree: "confirmed", distanceBits: 0, type: "link", founder: first },
			]);
		expect(confirmedIn(places("https://example.org/notices/harbor?id=8"))).not.toBe(founded);
	});
	test("are the same by it: a decision on one is one on the others", () => {
		const same = samePost(address, likenessOfPost(address));
		expect(same?.type).toBe("link");
		const other = `${address}&utm_source=app`;
		expect(samePost(other, likenessOfPost(other))).toEqual(same);
	});
	test("say nothing where they name a host and no page", () => {
		for (const text of ["https://example.org", "example.org/", "https://example.org/ !"])
			expect(likenessOfPost(text)).toBeNull();
	});
});

describe("posts that share a link and say something of their own", () => {
	const { text } = createGenerator(7);
	test("are no copies of each other, nor of the link alone", () => {
		for (const said of [`Look: ${address}`, `${address} Do not open this`, `xem ${address}`, `${address} ${address}/2`])
			expect(likenessOfPost(said)?.type).not.toBe("link");
		const [one, other] = [text(40), text(40)].map((said) => `${said} ${address}`);
		const hashes = [one, other].map((said) => samePost(said ?? "", likenessOfPost(said ?? "")));
		expect(hashes.map((same) => same?.type)).toEqual(["text", "text"]);
		expect(hashes[0]).not.toEqual(hashes[1]);
	});
	test("are held against each other by their texts, as all are", () => {
		const said = text(40);
		expect(likenessOfPost(`${said} ${address}`)?.type).toBe("text-simhash");
	});
});

test("what looks like a file's name or a slip of the pen is no link", () => {
	for (const text of ["a/b.c", "yes/no", "1/2", "and/or.", "xin chào/bạn"]) expect(likenessOfPost(text)).toBeNull();
});
