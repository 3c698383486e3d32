-- Revisions of the policy, and the proposals that become them. Verdicts name a revision: what it said is kept for ever. Those before 3 are
-- built in (services/core/policy/policy.ts).

CREATE TABLE policy_proposals (
	id uuid PRIMARY KEY,
	-- The revision that was in force when it was made.
	base integer NOT NULL CHECK (base >= 1),
	settings jsonb NOT NULL,
	-- The revision whose settings it takes up again.
	reverts_to integer CHECK (reverts_to BETWEEN 1 AND base),
	why text NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
	proposed_by uuid NOT NULL REFERENCES users,
	proposed_at timestamptz(3) NOT NULL DEFAULT now(),
	state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected')),
	decided_by uuid REFERENCES users,
	decided_at timestamptz(3),
	decided_why text CHECK (length(decided_why) BETWEEN 1 AND 500),
	CHECK ((state = 'open') = (decided_at IS NULL)),
	CHECK ((state = 'open') = (decided_by IS NULL)),
	-- Whatever the code does: two people.
	CHECK (state <> 'accepted' OR decided_by <> proposed_by)
);
CREATE INDEX policy_proposals_open ON policy_proposals (id) WHERE state = 'open';

CREATE TABLE policy_revisions (
	revision integer PRIMARY KEY CHECK (revision >= 3),
	settings jsonb NOT NULL,
	proposal_id uuid NOT NULL UNIQUE REFERENCES policy_proposals,
	in_force_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is kept for ever: no row of it is changed or deleted', TG_TABLE_NAME;
END $$;

CREATE TRIGGER policy_revisions_kept BEFORE UPDATE OR DELETE ON policy_revisions
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_revisions_not_emptied BEFORE TRUNCATE ON policy_revisions
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An open proposal is decided, once; what was proposed, by whom and why stays as it is.
CREATE TRIGGER policy_proposals_kept BEFORE DELETE ON policy_proposals
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_proposals_decided_once BEFORE UPDATE ON policy_proposals
	FOR EACH ROW WHEN (OLD.state <> 'open' OR (OLD.id, OLD.base, OLD.settings, OLD.reverts_to, OLD.why, OLD.proposed_by, OLD.proposed_at)
		IS DISTINCT FROM (NEW.id, NEW.base, NEW.settings, NEW.reverts_to, NEW.why, NEW.proposed_by, NEW.proposed_at))
	EXECUTE FUNCTION refuse_change();
