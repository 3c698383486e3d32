import type { CaseId } from "../../core/ids.ts";
import { useDesk } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

/** A link for those who may read cases, its short id for others. */
export function CaseLink({ id }: { readonly id: CaseId | null }) {
	const { may } = useDesk();
	if (id === null) return <span>–</span>;
	return may("case:read") ? <a href={hashOf({ name: "case", id })}>{shortIdOf(id)}</a> : <span>{shortIdOf(id)}</span>;
}
