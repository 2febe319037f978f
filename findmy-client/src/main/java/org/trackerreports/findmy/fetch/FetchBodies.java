package org.trackerreports.findmy.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trackerreports.findmy.key.HashedAdvertisementKey;

/** The JSON bodies of requests. Source: FindMy.py {@code account.py}, rustpush {@code findmy.rs}, OpenHaystack for v1. */
final class FetchBodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FetchBodies() {}

    static byte[] v2(FetchQuery query) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("clientContext")
                .put("clientBundleIdentifier", "com.apple.icloud.searchpartyuseragent")
                .put("policy", "foregroundClient");
        ArrayNode fetch = root.putArray("fetch");
        for (FetchQuery.Entry entry : query.entries()) {
            ObjectNode node = fetch.addObject();
            node.putArray("ownedDeviceIds");
            node.put("keyType", 1)
                    .put("startDate", query.from().toEpochMilli())
                    .put("startDateSecondary", query.from().toEpochMilli())
                    .put("endDate", query.to().toEpochMilli());
            addAll(node.putArray("primaryIds"), entry.primaryIds());
            addAll(node.putArray("secondaryIds"), entry.secondaryIds());
        }
        return bytes(root);
    }

    static byte[] v1(FetchQuery query) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode search = root.putArray("search");
        for (FetchQuery.Entry entry : query.entries()) {
            ObjectNode node = search.addObject()
                    .put("startDate", query.from().toEpochMilli())
                    .put("endDate", query.to().toEpochMilli());
            ArrayNode ids = node.putArray("ids");
            addAll(ids, entry.primaryIds());
            addAll(ids, entry.secondaryIds());
        }
        return bytes(root);
    }

    private static void addAll(ArrayNode array, List<HashedAdvertisementKey> ids) {
        ids.forEach(id -> array.add(id.base64()));
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written as JSON", e);
        }
    }
}
