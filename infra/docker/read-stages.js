// A container file as stages: what each begins from, and its steps in order. An instruction that nobody carries out here is an error, so that
// none is passed over.
import { DockerfileParser } from "dockerfile-ast";

/** Each with `image`, `name`, `steps`; a step has `kind`, and what its kind needs. */
export function readStages(text) {
	const stages = [];
	for (const instruction of DockerfileParser.parse(text).getInstructions()) {
		const keyword = instruction.getKeyword();
		if (keyword === "FROM") {
			stages.push({
				image: instruction.getImage(),
				name: instruction.getBuildStage() ?? String(stages.length),
				steps: [],
			});
			continue;
		}
		const read = readers[keyword];
		if (read === undefined || stages.length === 0) throw new Error(`${keyword} is not understood`);
		stages.at(-1).steps.push({ keyword, ...read(instruction) });
	}
	return stages;
}

const valuesOf = (instruction) => instruction.getArguments().map((one) => one.getValue());
const command = (instruction) => {
	const words = instruction.getJSONStrings().map((one) => one.getJSONValue());
	if (words.length === 0) throw new Error(`${instruction.getKeyword()} is no JSON array: signals would reach a shell`);
	return { words };
};

const readers = {
	RUN: (instruction) => ({ command: instruction.getArgumentsContent() }),
	COPY(instruction) {
		const values = valuesOf(instruction);
		const from =
			instruction
				.getFlags()
				.find((flag) => flag.getName() === "from")
				?.getValue() ?? null;
		return { from, sources: values.slice(0, -1), target: values.at(-1) };
	},
	ENV: (instruction) => ({
		env: Object.fromEntries(instruction.getProperties().map((one) => [one.getName(), one.getValue()])),
	}),
	WORKDIR: (instruction) => ({ folder: valuesOf(instruction)[0] }),
	USER: (instruction) => ({ user: valuesOf(instruction)[0] }),
	VOLUME: (instruction) => ({ folders: valuesOf(instruction) }),
	EXPOSE: (instruction) => ({ ports: valuesOf(instruction).map(Number) }),
	HEALTHCHECK(instruction) {
		const [, ...words] = valuesOf(instruction);
		return { words: JSON.parse(words.join(" ")) };
	},
	ENTRYPOINT: command,
	CMD: command,
};
