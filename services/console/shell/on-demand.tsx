import type { FunctionComponent } from "preact";
import { ApiProblem } from "../api/api-problem.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Loaded } from "./plain-page.tsx";

/** A screen whose script is fetched when it is first opened: few open it, and it brings a library of its own. */
export function onDemand<Props extends object>(
	name: string,
	load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
	return (props) => {
		const script = useResource(name, () =>
			load().catch((cause: unknown) => {
				throw new ApiProblem("offline", { cause });
			}),
		);
		return <Loaded resource={script}>{(OnDemand) => <OnDemand {...props} />}</Loaded>;
	};
}
