package org.trackerreports.server.internal.live;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trackerreports.store.access.AccessToken;
import org.trackerreports.store.access.AccessTokens;

/** Finds streams whose tokens have ended, were removed, or are for other trackers now. */
record StreamPermissions(AccessTokens tokens, Clock clock) {

    List<EventStream> ended(Collection<EventStream> streams) {
        if (streams.stream().allMatch(stream -> stream.reader().token().isEmpty())) {
            return List.of();
        }
        Map<String, AccessToken> valid = tokens.list().stream()
                .filter(token -> token.expires()
                        .filter(end -> !clock.instant().isBefore(end))
                        .isEmpty())
                .collect(Collectors.toMap(AccessToken::name, token -> token));
        return streams.stream()
                .filter(stream -> !isValid(stream.reader(), valid))
                .toList();
    }

    private static boolean isValid(EventStream.Reader reader, Map<String, AccessToken> valid) {
        return reader.token()
                .map(name -> valid.containsKey(name) && valid.get(name).labels().equals(reader.callerLabels()))
                .orElse(true);
    }
}
