-- Names for the three things the store does with a location, so that its statements are the same on every server.
CREATE FUNCTION location_of(latitude double precision, longitude double precision) RETURNS geometry(Point, 4326)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)';
CREATE FUNCTION location_latitude(location geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_Y(location)';
CREATE FUNCTION location_longitude(location geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ST_X(location)';
