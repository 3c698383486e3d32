import type { ComponentChildren } from "preact";

export type Fact = readonly [label: string, value: ComponentChildren];

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
	return (
		<dl class="facts">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd class="numbers">{value}</dd>
				</div>
			))}
		</dl>
	);
}
