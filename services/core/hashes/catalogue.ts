// Every type of hash that banks hold, under the name that it has in files, tables and on the wire. Outside of its folder nobody asks
// which type it is: they ask the type (hash-type.ts).
import { md5, sha1, sha256 } from "./exact/declarations.ts";
import type { HashDeclaration } from "./hash-declaration.ts";
import { link, linkPrefix } from "./link/declaration.ts";
import { pdq } from "./pdq/declaration.ts";
import { textShingles } from "./shingles/declaration.ts";
import { textSimhash } from "./simhash/declaration.ts";
import { audioFingerprint } from "./sound/declaration.ts";
import { term } from "./term/declaration.ts";
import { text } from "./text/declaration.ts";
import { vpdq } from "./vpdq/declaration.ts";

/** Items are looked up in this order. */
export const hashCatalogue = {
	sha256,
	sha1,
	md5,
	pdq,
	vpdq,
	"audio-fingerprint": audioFingerprint,
	text,
	"text-simhash": textSimhash,
	"text-shingles": textShingles,
	link,
	"link-prefix": linkPrefix,
	"text-term": term,
} as const satisfies Readonly<Record<string, HashDeclaration>>;
