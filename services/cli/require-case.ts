import { type CaseId, caseId } from "../core/ids.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import { parseId, unknownId } from "./unknown-id.ts";

const listed = { what: "case", list: "acts list --on case" };

export async function requireCase(cases: Pick<CaseStore, "find">, text: string): Promise<CaseId> {
	const id = parseId(caseId, text, listed);
	if ((await cases.find(id)) === null) throw unknownId(listed, text);
	return id;
}
