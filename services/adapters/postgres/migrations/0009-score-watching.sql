-- How scores were spread when their thresholds were chosen, and what a model in the shadow would have said.

CREATE TABLE score_references (
	model text NOT NULL,
	version text NOT NULL,
	since integer NOT NULL CHECK (since >= 0),
	-- Shares of scores by tenths of probability.
	histogram real[] NOT NULL CHECK (cardinality(histogram) = 10),
	at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (model, version, since)
);

CREATE TABLE shadow_tallies (
	live text NOT NULL,
	shadow text NOT NULL,
	compared bigint NOT NULL,
	disagreed bigint NOT NULL,
	PRIMARY KEY (live, shadow)
);

-- The item is compared before its verdict is recorded, so that it may not exist yet.
CREATE TABLE shadow_disagreements (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	item_id uuid,
	live text NOT NULL,
	shadow text NOT NULL,
	live_probability real NOT NULL,
	shadow_probability real NOT NULL,
	at timestamptz(3) NOT NULL
);
CREATE INDEX shadow_disagreements_by_time ON shadow_disagreements (at);
