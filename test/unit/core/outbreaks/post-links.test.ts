import { expect, test } from "@jest/globals";
import { itemId, uuidv7 } from "../../../../services/core/ids.ts";
import { countedLinks } from "../../../../services/core/outbreaks/post-links.ts";
import { sightingsOf } from "../../../../services/core/outbreaks/sighting.ts";

const item = (text: string) =>
	({
		...{
			itemId: itemId.parse(uuidv7(1)),
			platform: "forum",
			authorId: "an",
			receivedAt: new Date(5_000),
			tier: "none" as const,
		},
		...{ clusters: [], links: countedLinks(text), sources: [], thing: null },
	}) as const;

test("a page is counted by its domain and a sign, never by its address", () => {
	const [page, ...others] = countedLinks("Look https://www.example.org/private/path?token=abc&utm_source=x");
	expect(others).toEqual([]);
	expect(page).toMatch(/^example\.org\/[0-9a-f]{32}$/);
	expect(countedLinks("see hxxps://example[.]org/private/path/?token=abc")).toEqual([page]);
	expect(countedLinks("https://example.org/private/path?token=abd")).not.toEqual([page]);
});

test("a bare host is counted as its domain, and what links to everywhere as four", () => {
	expect(countedLinks("https://forum.example.org/ and www.example.org")).toEqual(["example.org"]);
	const many = Array.from({ length: 9 }, (_, at) => `https://site${at}.example/a`).join(" ");
	expect(countedLinks(many)).toHaveLength(4);
	expect(countedLinks("and/or, 1/2, xin chào.")).toEqual([]);
});

test("each account is a voice of the page and of its domain, whatever it says beside it", () => {
	const seen = sightingsOf(item("Do not open https://example.org/a, nor https://example.org/b!"));
	expect(seen.map(({ subject }) => subject.kind)).toEqual(["link", "link", "domain"]);
	expect(new Set(seen.map(({ voice }) => voice))).toEqual(new Set(["forum/an"]));
});
