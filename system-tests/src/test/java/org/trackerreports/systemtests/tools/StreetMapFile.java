package org.trackerreports.systemtests.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a street map of an invented town as a PMTiles file, version 3, by its
 * <a href="https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md">public specification</a>. It has no tiles nearer than
 * {@link #MAX_ZOOM}, so that a page must enlarge those that there are.
 */
final class StreetMapFile {

    static final int MAX_ZOOM = 13;

    private static final int HEADER = 127;
    private static final byte GZIP = 2;
    private static final byte VECTOR_TILES = 1;

    private StreetMapFile() {}

    /** Writes the map of the tiles that a town touches. */
    static Path write(Path file, StreetTown town) throws IOException {
        SortedMap<Long, byte[]> tiles = new TreeMap<>();
        for (int zoom = 0; zoom <= MAX_ZOOM; zoom++) {
            for (int x = column(town.west(), zoom); x <= column(town.east(), zoom); x++) {
                for (int y = row(town.north(), zoom); y <= row(town.south(), zoom); y++) {
                    tiles.put(tileId(zoom, x, y), gzip(town.tile(zoom, x, y)));
                }
            }
        }
        byte[] directory = gzip(directory(tiles));
        byte[] metadata = gzip("{\"name\":\"an invented town\"}".getBytes(UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header(town, tiles, directory.length, metadata.length));
        out.write(directory);
        out.write(metadata);
        for (byte[] tile : tiles.values()) {
            out.write(tile);
        }
        return Files.write(file, out.toByteArray());
    }

    private static byte[] header(StreetTown town, SortedMap<Long, byte[]> tiles, long directory, long metadata) {
        long data = tiles.values().stream().mapToLong(tile -> tile.length).sum();
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("PMTiles".getBytes(UTF_8)).put((byte) 3);
        header.putLong(HEADER).putLong(directory);
        header.putLong(HEADER + directory).putLong(metadata);
        // No leaf directories.
        header.putLong(HEADER + directory + metadata).putLong(0);
        header.putLong(HEADER + directory + metadata).putLong(data);
        header.putLong(tiles.size()).putLong(tiles.size()).putLong(tiles.size());
        header.put((byte) 1).put(GZIP).put(GZIP).put(VECTOR_TILES).put((byte) 0).put((byte) MAX_ZOOM);
        for (double degrees : List.of(town.west(), town.south(), town.east(), town.north())) {
            header.putInt((int) Math.round(degrees * 1e7));
        }
        header.put((byte) MAX_ZOOM);
        header.putInt((int) Math.round((town.west() + town.east()) / 2 * 1e7));
        header.putInt((int) Math.round((town.south() + town.north()) / 2 * 1e7));
        return header.array();
    }

    /** Tile ids as differences, run lengths, lengths, and offsets, of which each follows the one before. */
    private static byte[] directory(SortedMap<Long, byte[]> tiles) {
        Protobuf directory = new Protobuf().varint(tiles.size());
        long before = 0;
        for (long id : tiles.keySet()) {
            directory.varint(id - before);
            before = id;
        }
        tiles.forEach((id, tile) -> directory.varint(1));
        tiles.forEach((id, tile) -> directory.varint(tile.length));
        for (int index = 0; index < tiles.size(); index++) {
            directory.varint(index == 0 ? 1 : 0);
        }
        return directory.bytes();
    }

    /** The place of a tile on the Hilbert curve, after all tiles of lower zooms. */
    static long tileId(int zoom, int column, int row) {
        long id = ((1L << 2 * zoom) - 1) / 3;
        int x = column;
        int y = row;
        for (int side = 1 << zoom >> 1; side > 0; side >>= 1) {
            int right = (x & side) == 0 ? 0 : 1;
            int below = (y & side) == 0 ? 0 : 1;
            id += (long) side * side * (3 * right ^ below);
            if (below == 0) {
                int turned = right == 1 ? side - 1 - x : x;
                x = right == 1 ? side - 1 - y : y;
                y = turned;
            }
        }
        return id;
    }

    private static int column(double longitude, int zoom) {
        return (int) Math.floor(StreetTown.mercatorX(longitude) * (1 << zoom));
    }

    private static int row(double latitude, int zoom) {
        return (int) Math.floor(StreetTown.mercatorY(latitude) * (1 << zoom));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
