-- Functions for locations, so that the statements of the store are the same on every server.
CREATE FUNCTION location_of(latitude double precision, longitude double precision) RETURNS geometry(Point, 4326)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)';
CREATE FUNCTION location_latitude(location geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_Y(location)';
CREATE FUNCTION location_longitude(location geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_X(location)';
-- Not STRICT, so that the planner can inline it and use the index.
CREATE FUNCTION location_in_box(location geometry, south double precision, west double precision, north double precision,
                                east double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT location && ST_MakeEnvelope(west, south, east, north, 4326)';
