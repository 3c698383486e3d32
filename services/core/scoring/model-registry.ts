// The contract of models/registry.json: which models there are, what their files must be, what they take and what their
// answers mean. It says nothing of how a model is run.
import { z } from "zod";

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const fileName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const probability = z.number().min(0).max(1);

/**
 * What runs a model: TensorFlow's native library, ONNX Runtime, WebAssembly or plain JavaScript. Best first: the order in which
 * they are tried.
 */
export const modelBackends = ["node", "onnx", "wasm", "cpu"] as const;
export type ModelBackend = (typeof modelBackends)[number];

/** A model's probability → the observed one: straight lines between points that rise in both coordinates. */
const calibrationPoints = z
	.array(z.tuple([probability, probability]))
	.min(2)
	.refine((points) => points.every(([x, y], at) => at === 0 || isAfter(points[at - 1], x, y)), {
		message: "the points must rise",
	});

export const calibrationSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("none") }),
	z.object({ kind: z.literal("isotonic"), points: calibrationPoints, samples: z.number().int().positive() }),
]);
export type Calibration = z.infer<typeof calibrationSchema>;

const modelInputSchema = z.object({
	/** Edge of the square that the network takes, pixels. */
	size: z.number().int().min(1).max(1024),
	/** Where the network sees only the middle of a picture: edge of the square that the whole is brought to first. */
	cropFrom: z.number().int().min(1).max(1024).optional(),
	colorOrder: z.enum(["rgb", "bgr"]),
	/** Each byte v becomes (v − mean) × scale, per channel in the model's own color order. */
	mean: z.tuple([z.number(), z.number(), z.number()]),
	scale: z.number().positive(),
	/** How a picture of another shape is brought to the square; the caller does it. */
	kernel: z.enum(["nearest", "linear", "cubic", "lanczos3"]),
	fit: z.enum(["fill", "cover", "contain"]),
});
export type ModelInput = z.infer<typeof modelInputSchema>;

/** Edge of the square that the caller gives, pixels. */
export function givenSize({ size, cropFrom }: Pick<ModelInput, "size" | "cropFrom">): number {
	return cropFrom ?? size;
}

const modelSchema = z
	.object({
		id: slug,
		version: z.string().regex(/^\d+\.\d+\.\d+$/),
		kind: z.literal("image"),
		/** What `files` are: a TensorFlow.js layers model (model.json first, weights in order), or one ONNX file. */
		format: z.enum(["tfjs-layers", "onnx"]),
		files: z.array(z.object({ name: fileName, sha256, bytes: z.number().int().positive() })).min(1),
		/** What the artefacts made from `files` must hash to: the portable graph model, and what the native library runs. */
		derived: z.object({ graphModel: sha256, savedModel: sha256 }),
		licence: z.string().min(1),
		source: z.string().min(1),
		/** False where the weights are too large to commit: `npm run models:prepare` fetches them. */
		committed: z.boolean(),
		input: modelInputSchema,
		labels: z.array(z.string().min(1)).min(2),
		/** Policy category → the labels whose probabilities add up to it. */
		categories: z.record(slug, z.array(z.string()).min(1)),
		calibration: z.record(slug, calibrationSchema),
		minimumBackend: z.enum(modelBackends),
		card: fileName,
	})
	.superRefine((model, context) => {
		if (model.input.cropFrom !== undefined && model.input.cropFrom < model.input.size)
			context.addIssue("a crop cannot be larger than the picture");
		if ((model.format === "onnx") !== (model.files.length === 1))
			context.addIssue("an ONNX model is one file, a layers model its topology and weights");
		const mapped = Object.values(model.categories).flat();
		if (mapped.length === 0) context.addIssue("a model needs a category");
		for (const label of mapped) {
			if (!model.labels.includes(label)) context.addIssue(`a category names ${label}, which is no label`);
		}
		if (new Set(mapped).size !== mapped.length) context.addIssue("a label may belong to one category only");
		for (const category of Object.keys(model.categories)) {
			if (!(category in model.calibration)) context.addIssue(`the category ${category} has no calibration`);
		}
	});
export type Model = z.infer<typeof modelSchema>;

/** A linear model over a text's words; `files` are a TensorFlow.js graph model (model.json, weights) and the vocabulary. */
const textModelSchema = z.object({
	id: slug,
	version: z.string().regex(/^\d+\.\d+\.\d+$/),
	kind: z.literal("text"),
	format: z.literal("tfjs-graph"),
	files: z.array(z.object({ name: fileName, sha256, bytes: z.number().int().positive() })).length(3),
	licence: z.string().min(1),
	source: z.string().min(1),
	committed: z.boolean(),
	input: z.object({
		language: z.string().min(2),
		/** What is counted: lower-case runs of two or more letters, digits and underscores. */
		tokens: z.literal("words"),
		weighting: z.literal("tf-idf, length one"),
		vocabulary: z.number().int().positive(),
	}),
	/** The one output. */
	label: z.string().min(1),
	/** Policy category that it speaks for. */
	category: slug,
	calibration: calibrationSchema,
	minimumBackend: z.literal("cpu"),
	card: fileName,
});
export type TextModel = z.infer<typeof textModelSchema>;

/** Which models are asked when `first` is unsure: its calibrated probability lies in from ≤ p < to. */
const cascadeSchema = z.object({
	first: slug,
	further: z.array(slug).min(1),
	band: z.object({ from: probability, to: probability }).refine(({ from, to }) => from < to, "the band is empty"),
});

export const modelRegistrySchema = z
	.object({
		models: z.array(modelSchema).min(1),
		textModels: z.array(textModelSchema).default([]),
		cascades: z.array(cascadeSchema),
	})
	.superRefine(({ models, textModels, cascades }, context) => {
		const ids = models.map(({ id }) => id);
		const allIds = [...ids, ...textModels.map(({ id }) => id)];
		if (new Set(allIds).size !== allIds.length) context.addIssue("two models share an id");
		for (const id of cascades.flatMap(({ first, further }) => [first, ...further])) {
			if (!ids.includes(id)) context.addIssue(`a cascade names ${id}, which is no model`);
		}
	});
export type ModelRegistry = z.infer<typeof modelRegistrySchema>;

/** Throws where the registry has no such model for pictures. */
export function findModel({ models }: ModelRegistry, id: string): Model {
	return findIn(models, id);
}

/** Throws where the registry has no such model for texts. */
export function findTextModel({ textModels }: ModelRegistry, id: string): TextModel {
	return findIn(textModels, id);
}

function findIn<T extends { readonly id: string }>(models: readonly T[], id: string): T {
	const model = models.find((entry) => entry.id === id);
	if (model === undefined)
		throw new Error(`there is no model ${id} in the registry; it has ${models.map((entry) => entry.id).join(", ")}`);
	return model;
}

/** Backends a model may run on, best first. The order is that of speed; `cpu` is for machines where nothing else loads. */
export function backendsFor(model: Model, wish: ModelBackend | "auto"): readonly ModelBackend[] {
	const allowed = modelBackends.slice(0, modelBackends.indexOf(model.minimumBackend) + 1);
	if (wish === "auto") return allowed;
	if (!allowed.includes(wish)) throw new Error(`${model.id} needs the backend ${model.minimumBackend} or a faster one`);
	return [wish];
}

function isAfter(previous: readonly [number, number] | undefined, x: number, y: number): boolean {
	return previous === undefined || (x > previous[0] && y >= previous[1]);
}
