// Adds the made-up signal to what is said of posts.
import { createDetectorKinds } from "../../../../services/detector/kinds/catalogue.ts";
import { next } from "../../../../services/detector/step.ts";
import { lengthySignal } from "./lengthy.ts";

export const createKindsWithLengthy: typeof createDetectorKinds = (deps, deferExcess) => {
	const kinds = createDetectorKinds(deps, deferExcess);
	return {
		...kinds,
		post: {
			...kinds.post,
			async examine(item) {
				const result = await kinds.post.examine(item);
				if (result.kind !== "next") return result;
				const { signals, evidence } = result.value;
				return next({ ...result.value, signals: [...signals, lengthySignal(evidence.text ?? "")] });
			},
		},
	};
};
