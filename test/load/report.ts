// How every benchmark ends: a table, or one JSON object, and whether the aims were met.
import { cpus, totalmem } from "node:os";

export interface Figure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** What it is measured against in the same run; null where the aim is absolute. */
	readonly peer?: { readonly name: string; readonly value: number } | undefined;
	/** Null for figures that are only told. */
	readonly aim: { readonly atMost?: number; readonly atLeast?: number; readonly of: "value" | "ratio" } | null;
}

export const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

/** Ratio of ours to the peer's, over 1 where ours is better: durations are turned round. */
function ratioOf({ value, unit, peer }: Figure): number | null {
	if (peer === undefined) return null;
	const isDuration = /^(ms|µs|s)$/.test(unit);
	return isDuration ? peer.value / value : value / peer.value;
}

function isMet(figure: Figure): boolean {
	if (figure.aim === null) return true;
	const judged = figure.aim.of === "ratio" ? ratioOf(figure) : figure.value;
	if (judged === null || !Number.isFinite(judged)) return false;
	return (
		judged <= (figure.aim.atMost ?? Number.POSITIVE_INFINITY) &&
		judged >= (figure.aim.atLeast ?? Number.NEGATIVE_INFINITY)
	);
}

/** Prints, and answers the exit code. */
export function report(title: string, figures: readonly Figure[], isJson: boolean): number {
	const judged = figures.filter(({ aim }) => aim !== null);
	const met = judged.filter(isMet).length;
	if (isJson) {
		const rows = figures.map((figure) => ({
			...figure,
			ratio: ratioOf(figure),
			isMet: figure.aim === null ? null : isMet(figure),
		}));
		process.stdout.write(`${JSON.stringify({ title, machine, figures: rows, met, short: judged.length - met })}\n`);
	} else {
		const rows = [["figure", "ours", "peer", "ratio", "aim"], ...figures.map(describeFigure)];
		const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
		process.stdout.write(`${title}\n${machine}\n\n`);
		for (const row of rows)
			process.stdout.write(
				`${row
					.map((cell, column) => cell.padEnd(widths[column] ?? 0))
					.join("  ")
					.trimEnd()}\n`,
			);
		process.stdout.write(`\naims: ${met} met, ${judged.length - met} short\n`);
	}
	return met === judged.length ? 0 : 1;
}

/** Name, value, peer, ratio, aim: as they are printed. */
export function describeFigure(figure: Figure): readonly string[] {
	const { aim, peer } = figure;
	const ratio = ratioOf(figure);
	const bound =
		aim === null
			? ""
			: `${aim.atMost === undefined ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`}${aim.of === "ratio" ? "×" : ""}`;
	return [
		figure.name,
		`${round(figure.value)} ${figure.unit}`,
		peer === undefined ? "" : `${peer.name} ${round(peer.value)}`,
		ratio === null || !Number.isFinite(ratio) ? "" : `${ratio.toFixed(2)}×`,
		aim === null ? "" : `${bound} ${isMet(figure) ? "met" : "SHORT"}`,
	];
}

function round(value: number): string {
	return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
