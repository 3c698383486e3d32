import type { PolicyChange } from "../../core/policy/compare-policies.ts";
import { type Platforms, usePolicyWords } from "./use-policy-words.ts";

interface ChangesProps {
	readonly changes: readonly PolicyChange[];
	readonly platforms: Platforms;
}

/** What changes where, and what that may do. */
export function ChangeList({ changes, platforms }: ChangesProps) {
	const says = usePolicyWords();
	return (
		<ul class="policy-changes">
			{changes.map((change) => (
				<li key={`${change.platform} ${change.surface} ${change.country ?? ""} ${change.setting} ${change.key}`}>
					<span class="quiet">
						{says.scope(change, platforms)} · {says.words.heading[change.setting]}
					</span>
					<span class="policy-changed">{says.change(change)}</span>
					{change.effect !== null && <span class="tag">{says.words.effect[change.effect]}</span>}
				</li>
			))}
		</ul>
	);
}
