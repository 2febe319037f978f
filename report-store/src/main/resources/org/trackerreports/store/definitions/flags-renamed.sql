-- The flags that reports had before have their new names.
UPDATE location_reports
   SET wrong_flags = array_replace(array_replace(array_replace(wrong_flags, 'time_in_future', 'FUTURE'),
                                                 'null_island', 'NULL_ISLAND'),
                                   'coordinates_out_of_range', 'COORDINATES_OUT_OF_RANGE')
 WHERE wrong_flags && '{time_in_future,null_island,coordinates_out_of_range}';
