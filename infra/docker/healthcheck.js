// Exit code 0 if a process of this container answers /live, and none that listens answers anything else.
const ports = [
	process.env.BREAKWATER_INTAKE_PORT ?? "8700",
	process.env.BREAKWATER_DETECTOR_PORT ?? "8701",
	process.env.BREAKWATER_TAKEDOWN_PORT ?? "8702",
	process.env.BREAKWATER_REVIEW_PORT ?? "8703",
	process.env.BREAKWATER_PORTAL_PORT ?? "8704",
];

const answers = await Promise.all(
	ports.map((port) =>
		fetch(`http://127.0.0.1:${port}/live`, { signal: AbortSignal.timeout(3_000) }).then(
			({ ok }) => (ok ? "live" : "failing"),
			// A process that hangs still holds its port; one that is not part of this container does not.
			(error) => (error.cause?.code === "ECONNREFUSED" ? "absent" : "failing"),
		),
	),
);
process.exitCode = answers.includes("live") && !answers.includes("failing") ? 0 : 1;
