-- Pages of the transitions of all trackers, in the order of time.
CREATE INDEX place_transitions_time ON place_transitions (event_time, id);
