import type { PolicySet } from "../../core/policy/policy-set.ts";
import { leavesOf, type SettingsPart, settingNames } from "../../core/policy/settings.ts";
import { useWords } from "../shell/console-context.ts";
import { type Platforms, usePolicyWords } from "./use-policy-words.ts";

/** What holds everywhere, and what holds otherwise where. */
export function PolicySays({ set, platforms }: { readonly set: PolicySet; readonly platforms: Platforms }) {
	const texts = useWords().policy;
	const says = usePolicyWords();
	return (
		<>
			<h3>{texts.everywhere}</h3>
			<SettingsList part={set.default} />
			{set.overrides.length === 0 && <p class="quiet">{texts.noOverrides}</p>}
			{set.overrides.map((one) => (
				<section key={`${one.platform} ${one.surface}`} class="policy-override">
					<h3>{texts.otherwise(says.scope(one, platforms))}</h3>
					<SettingsList part={one.settings} />
				</section>
			))}
		</>
	);
}

function SettingsList({ part }: { readonly part: SettingsPart }) {
	const says = usePolicyWords();
	const leaves = leavesOf(part);
	return (
		<dl class="policy-settings">
			{settingNames.map((setting) => {
				const of = leaves.filter((leaf) => leaf.setting === setting);
				return (
					of.length > 0 && (
						<div key={setting}>
							<dt>{says.words.heading[setting]}</dt>
							{of.map((leaf) => (
								<dd key={leaf.key}>{says.leaf(leaf)}</dd>
							))}
						</div>
					)
				);
			})}
		</dl>
	);
}
