package org.trackerreports.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.trackerreports.simulator.world.World;

/** The faults that change the reports of an answer. */
record ReportFaults(World world, SecretSource secrets) {

    GatewayAnswer applyTo(GatewayAnswer answer, Call call, Instant now) {
        if (call.fault().isEmpty()) {
            return answer;
        }
        List<GatewayAnswer.Item> items = answer.items();
        switch (call.fault().get().kind()) {
            case UNASKED_IDS ->
                items.add(new GatewayAnswer.Item(world.strangersHashedKey(), now, world.strangersReport(now)));
            case DUPLICATE_REPORTS -> items.addAll(new ArrayList<>(items));
            case GARBAGE_PAYLOADS -> replacePayloads(items, payload -> secrets.fresh("garbage", payload.length));
            case WRONG_KEY_PAYLOADS -> replacePayloads(items, payload -> world.strangersReport(now));
            case ODD_LENGTH_PAYLOADS ->
                replacePayloads(items, payload -> Arrays.copyOf(payload, payload.length == 88 ? 87 : 90));
            default -> {
                // The other kinds do not concern the reports.
            }
        }
        return answer;
    }

    private static void replacePayloads(List<GatewayAnswer.Item> items, UnaryOperator<byte[]> change) {
        items.replaceAll(item -> new GatewayAnswer.Item(item.id(), item.uploadedAt(), change.apply(item.payload())));
    }
}
