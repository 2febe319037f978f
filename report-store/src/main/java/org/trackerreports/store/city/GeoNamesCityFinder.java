package org.trackerreports.store.city;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Finds places among the GeoNames cities that come with the library (CC BY 4.0, see NOTICE). The first call loads them, which takes about
 * 0.3 s and 8 MB. Thread-safe.
 */
public final class GeoNamesCityFinder implements CityFinder {

    private static final String RESOURCE = "cities.tsv.gz";
    private static final double EARTH_RADIUS_METRES = 6_371_008.8;

    private static final int COUNTRY_LETTERS = 2;

    /**
     * All places.
     *
     * @param text the country code and the name of each, in UTF-8 without separators: an object for each would take four times as much memory
     * @param ends where the text of each ends
     * @param tree their positions
     */
    private record Loaded(byte[] text, int[] ends, SphereTree tree) {

        City city(int place, double metres) {
            int begin = place == 0 ? 0 : ends[place - 1];
            String both = new String(text, begin, ends[place] - begin, StandardCharsets.UTF_8);
            return new City(both.substring(COUNTRY_LETTERS), both.substring(0, COUNTRY_LETTERS), metres);
        }
    }

    /** Initialised, and so loaded, by the first call. */
    private static final class Holder {
        static final Loaded LOADED = load();
    }

    public GeoNamesCityFinder() {}

    /** Distances are along the great circle, so poles and the date line need no special care. */
    @Override
    public Optional<City> nearest(double latitude, double longitude) {
        if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
            return Optional.empty();
        }
        Loaded loaded = Holder.LOADED;
        int found = loaded.tree().nearest(latitude, longitude);
        double metres = loaded.tree().angleTo(found, latitude, longitude) * EARTH_RADIUS_METRES;
        return Optional.of(loaded.city(found, metres));
    }

    private static Loaded load() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        IntStream.Builder ends = IntStream.builder();
        List<double[]> positions = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(GeoNamesCityFinder.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                text.writeBytes((fields[1] + fields[0]).getBytes(StandardCharsets.UTF_8));
                ends.add(text.size());
                positions.add(new double[] {Double.parseDouble(fields[3]), Double.parseDouble(fields[4])});
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path resource " + RESOURCE, e);
        }
        return new Loaded(text.toByteArray(), ends.build().toArray(), new SphereTree(positions));
    }
}
