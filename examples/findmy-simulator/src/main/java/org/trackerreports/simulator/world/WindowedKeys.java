package org.trackerreports.simulator.world;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keys for given stretches of time. A key may come back in a later window; it then has one index. */
final class WindowedKeys extends ListedKeys {
    private final long[] from;
    private final long[] until;
    private final int[] keyOfWindow;
    private final Map<Integer, long[]> spans = new HashMap<>();

    WindowedKeys(List<KeyWindow> windows) {
        this(windows, new ArrayList<>());
    }

    private WindowedKeys(List<KeyWindow> windows, List<byte[]> keys) {
        super(keys);
        from = new long[windows.size()];
        until = new long[windows.size()];
        keyOfWindow = new int[windows.size()];
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < windows.size(); i++) {
            KeyWindow window = windows.get(i);
            from[i] = window.from().getEpochSecond();
            until[i] = window.until().getEpochSecond();
            if (i > 0 && from[i] < until[i - 1]) {
                throw new IllegalArgumentException("Key window " + i + " begins before the one before it ends.");
            }
            byte[] key = window.advertisedKey();
            Integer index = known.putIfAbsent(Base64.getEncoder().encodeToString(key), keys.size());
            if (index == null) {
                index = keys.size();
                keys.add(key);
            }
            keyOfWindow[i] = index;
            long end = until[i];
            spans.merge(index, new long[] {from[i], end}, (old, next) -> new long[] {old[0], end});
        }
    }

    @Override
    public int indexAt(long epochSecond) {
        int low = 0;
        int high = from.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (epochSecond < from[middle]) {
                high = middle - 1;
            } else if (epochSecond >= until[middle]) {
                low = middle + 1;
            } else {
                return keyOfWindow[middle];
            }
        }
        return -1;
    }

    @Override
    public long firstSecond(int index) {
        return span(index)[0];
    }

    @Override
    public long endSecond(int index) {
        return span(index)[1];
    }

    private long[] span(int index) {
        return Objects.requireNonNull(spans.get(index));
    }
}
