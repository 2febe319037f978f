-- Functions for locations, so that the statements of the store are the same on every server.
CREATE FUNCTION location_of(latitude double precision, longitude double precision) RETURNS point
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT point(longitude, latitude)';
CREATE FUNCTION location_latitude(location point) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT location[1]';
CREATE FUNCTION location_longitude(location point) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT location[0]';
-- Not STRICT, so that the planner can inline it and use the index.
CREATE FUNCTION location_in_box(location point, south double precision, west double precision, north double precision,
                                east double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT location <@ box(point(west, south), point(east, north))';

-- Substitute for the function of PostGIS, so that the original INSERT statement works. Accepts only points in WGS 84.
CREATE FUNCTION ST_GeomFromText(wkt text, srid integer) RETURNS point LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    parts text[] := regexp_match(wkt, '^\s*POINT\s*\(\s*(\S+)\s+([^\s)]+)\s*\)\s*$', 'i');
BEGIN
    IF parts IS NULL OR srid <> 4326 THEN
        RAISE EXCEPTION 'expected POINT(longitude latitude) with SRID 4326'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Other shapes need PostGIS.';
    END IF;
    RETURN point(parts[1]::double precision, parts[2]::double precision);
END $$;
