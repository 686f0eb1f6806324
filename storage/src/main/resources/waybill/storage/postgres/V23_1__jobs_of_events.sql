-- Lists what was sent to other systems and people because of an event.
CREATE INDEX job_of_event ON outbound_job (position);
