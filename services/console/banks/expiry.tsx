import { useNow } from "../hooks/use-now.ts";
import { Moment } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

/** When a bank answers nothing any more; said where it is over. */
export function Expiry({ at }: { readonly at: string | null }) {
	const { settings } = useWords().banks;
	const isOver = at !== null && Date.parse(at) <= useNow(60_000);
	if (at === null) return <>–</>;
	return (
		<>
			<Moment at={at} />
			{isOver && <strong> · {settings.expired}</strong>}
		</>
	);
}
