package org.trackerreports.queue;

import java.util.regex.Pattern;

/** The keys in Redis, and the rules for names that become part of keys and members. */
final class RedisNames {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@/+-]{1,128}");
    static final int MAX_ID_LENGTH = 256;

    private RedisNames() {}

    /** The key of a name under a prefix. The braces are a hash tag, which puts all keys of a prefix on one node of a cluster. */
    static String key(String prefix, String name) {
        return "{" + requirePrefix(prefix) + "}:" + name;
    }

    static String requirePrefix(String prefix) {
        if (prefix == null || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix is \"" + prefix
                    + "\"; give 1 to 64 letters, digits, dots, underscores or hyphens, such as trackerreports");
        }
        return prefix;
    }

    static String requireName(String what, String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " is \"" + name
                    + "\"; give 1 to 128 letters, digits or . _ : @ / + - such as " + what + "-1");
        }
        return name;
    }

    static String requireId(String id) {
        if (id == null || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "an id has " + (id == null ? 0 : id.length()) + " characters; give 1 to " + MAX_ID_LENGTH);
        }
        return id;
    }
}
