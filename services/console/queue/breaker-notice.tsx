import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useDesk, useWords } from "../shell/console-context.ts";
import { hashOf } from "../shell/route.ts";

/** While a breaker is open, cases come that the machine would have withheld: whoever decides them must know. */
export function BreakerNotice() {
	const texts = useWords().operations.breakers;
	const { client } = useDesk();
	const { value, reload } = useResource("open breakers", () => client.breakers());
	useReread(reload);
	if (value === null || value.open.length === 0) return null;
	const names = value.open.map(({ kind, label }) =>
		kind === "all" ? texts.kinds.all : `${texts.kinds[kind]} ${label}`,
	);
	return (
		<p class="notice notice-problem" role="status">
			<a href={hashOf({ name: "now" })}>{texts.onQueue(names.length, names.join(", "))}</a>
		</p>
	);
}
