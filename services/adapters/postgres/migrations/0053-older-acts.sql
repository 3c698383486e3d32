-- needs 0053-older-acts.sql
-- What was done before there was one log comes into it, in the order of its time, as the histories of cases, banks, models, breakers and what
-- was stuck have it. A name that is a login is that person; any other was given on the command line. Notes keep their text in the case.

CREATE FUNCTION canonical_json(value jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN CASE jsonb_typeof(value)
		WHEN 'object' THEN '{' || COALESCE((SELECT string_agg(to_jsonb(key)::text || ':' || canonical_json(member), ',' ORDER BY key COLLATE "C")
			FROM jsonb_each(value) AS members (key, member)), '') || '}'
		WHEN 'array' THEN '[' || COALESCE((SELECT string_agg(canonical_json(element), ',' ORDER BY n)
			FROM jsonb_array_elements(value) WITH ORDINALITY AS elements (element, n)), '') || ']'
		ELSE value::text
	END;
END $$;

CREATE FUNCTION actor_named(name text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT CASE
		WHEN name IS NULL THEN '{"kind": "machine"}'::jsonb
		WHEN name LIKE 'platform:%' THEN jsonb_build_object('kind', 'key', 'name', substr(name, 10))
		ELSE COALESCE(
			(SELECT jsonb_build_object('kind', 'person', 'id', id, 'name', login) FROM users WHERE login = name OR id::text = name LIMIT 1),
			jsonb_build_object('kind', 'cli', 'name', name))
	END
$$;

CREATE TEMPORARY TABLE older (
	at timestamptz NOT NULL, n bigint NOT NULL, actor jsonb NOT NULL, what text NOT NULL, subject_kind text NOT NULL, subject_id text NOT NULL,
	reason text, revision bigint, details jsonb NOT NULL
) ON COMMIT DROP;

-- Events since then are in the log already.
INSERT INTO older
SELECT event.at, sequence,
	CASE WHEN actor_id IS NULL THEN '{"kind": "machine"}'::jsonb ELSE jsonb_build_object('kind', 'person', 'id', actor_id, 'name', login) END,
	'case-' || kind, 'case', case_id::text,
	CASE WHEN actor_id IS NOT NULL THEN told ->> 'reason' END,
	(told ->> 'policyRevision')::bigint,
	CASE WHEN kind = 'undelivered' THEN told ELSE told - '{reason,policyRevision,text}'::text[] END
FROM (SELECT *, data::jsonb AS told FROM case_events) AS event LEFT JOIN users ON users.id = actor_id
WHERE event.at < (SELECT at FROM migrations WHERE name = '0052-acts.sql');

INSERT INTO older
SELECT at, id, actor_named(by), kind || '-' || act, kind, subject, NULLIF(why, ''), NULL, '{}' FROM operator_acts;

INSERT INTO older
SELECT at, id, actor_named(by), 'breaker-' || act, 'breaker', kind || ':' || key, reason, NULL,
	jsonb_build_object('kind', kind) || CASE act WHEN 'opened' THEN '{"perMinute": null, "baselinePerMinute": null}'::jsonb ELSE '{}' END
FROM breaker_events;

INSERT INTO older
SELECT made.at, made.revision, actor_named(made.by), 'model-' || act, CASE act WHEN 'accept' THEN 'proposal' ELSE 'models' END,
	COALESCE(proposal.id::text, 'models'), NULL, made.revision,
	CASE act
		WHEN 'shadow' THEN jsonb_build_object('model', settings -> 'shadow' -> 'model', 'share', settings -> 'shadow' -> 'share')
		WHEN 'promote' THEN jsonb_build_object('model', settings -> 'live')
		WHEN 'accept' THEN jsonb_build_object('model', proposal.model, 'version', proposal.version, 'category', proposal.category)
		WHEN 'rollback' THEN jsonb_build_object('origin', origin)
		ELSE '{}'
	END
FROM model_revisions AS made LEFT JOIN model_proposals AS proposal ON act = 'accept' AND proposal.revision = made.revision;

INSERT INTO older
SELECT at, sequence, actor_named(by),
	CASE WHEN kind = 'bank-removed' THEN kind WHEN before IS NULL THEN 'bank-created' ELSE 'bank-changed' END,
	'bank', bank_id::text, NULL, sequence,
	CASE
		WHEN kind = 'bank-removed' THEN jsonb_build_object('name', COALESCE(before ->> 'name', bank_id::text))
		WHEN before IS NULL THEN jsonb_build_object('name', data -> 'name', 'kind', data -> 'kind')
		ELSE jsonb_build_object('name', data -> 'name', 'settings', (SELECT COALESCE(jsonb_agg(key ORDER BY key), '[]')
			FROM jsonb_each(data) AS settings (key, value) WHERE value IS DISTINCT FROM before -> key))
	END
FROM (
	SELECT *, lag(CASE kind WHEN 'bank' THEN data END) OVER (PARTITION BY bank_id ORDER BY sequence) AS before
	FROM bank_changes WHERE kind IN ('bank', 'bank-removed')
) AS change WHERE draft_id IS NULL;

INSERT INTO acts_due (body)
SELECT canonical_json(jsonb_build_object(
		'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'actor', actor, 'what', what,
		'on', jsonb_build_object('kind', subject_kind, 'id', subject_id), 'reason', reason, 'revision', revision, 'details', details))
FROM older ORDER BY at, n;

DROP FUNCTION canonical_json(jsonb);
DROP FUNCTION actor_named(text);
DROP TABLE operator_acts;
