import { useState } from "preact/hooks";
import type { DraftId } from "../../core/ids.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useDesk, useSays, useWords } from "../shell/console-context.ts";
import { Loaded } from "../shell/plain-page.tsx";
import { shortIdOf } from "../shell/route.ts";

const entriesAtOnce = 50;

interface Props {
	readonly bank: string;
	readonly draftId: DraftId;
}

/** The entries that an import wrote, once they are asked for: there may be a million. */
export function StepEntries(props: Props) {
	const [isOpen, setOpen] = useState(false);
	return (
		<details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{useWords().banks.bank.stepEntries}</summary>
			{isOpen && <Entries {...props} />}
		</details>
	);
}

function Entries({ bank, draftId }: Props) {
	const says = useSays();
	const { more } = useWords().banks.bank;
	const { client } = useDesk();
	const [limit, setLimit] = useState(entriesAtOnce);
	const found = useResource(`entries ${draftId} ${limit}`, () => client.bankHistory(bank, limit, draftId));
	return (
		<Loaded resource={found}>
			{({ revisions }) => (
				<>
					<ol class="plain-list">
						{revisions.map(({ sequence, step, entryId }) => (
							<li key={sequence}>
								{says(step)}
								{entryId !== null && <span class="code quiet"> {shortIdOf(entryId)}</span>}
							</li>
						))}
					</ol>
					{revisions.length === limit && limit < 500 && (
						<button type="button" class="button" onClick={() => setLimit(Math.min(500, limit * 2))}>
							{more}
						</button>
					)}
				</>
			)}
		</Loaded>
	);
}
