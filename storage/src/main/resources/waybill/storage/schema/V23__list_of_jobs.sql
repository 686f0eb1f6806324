-- Lists the jobs of a channel in a state, newest first.
CREATE INDEX job_listed ON outbound_job (channel, state, id);
