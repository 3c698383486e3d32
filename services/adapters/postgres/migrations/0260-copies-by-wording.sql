-- Of near texts each wording is a case of its own: the cases of one decided case's copies are those whose keys begin with it.
CREATE INDEX cases_undecided_copies ON cases (cluster_key) WHERE state NOT IN ('decided', 'closed') AND cluster_key LIKE 'copies:%';
