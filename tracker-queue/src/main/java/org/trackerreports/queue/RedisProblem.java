package org.trackerreports.queue;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisClusterDownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMasterDownException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReadonlyException;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisWrongPasswordException;

/** Why Redis cannot be used, in words for the person who runs it. */
public enum RedisProblem {
    NO_ANSWER("it does not answer", true),
    UNKNOWN_HOST("its host is unknown", true),
    LOADING("it is starting and still loads its data", true),
    BUSY("it is busy with a script of somebody else", true),
    FULL("it has no memory left", true),
    CANNOT_SAVE("it cannot save its data and refuses changes", true),
    CLUSTER_DOWN("its cluster has no master for some keys", true),
    PASSWORD("it refused the password, or wants one", false),
    RIGHTS("it does not permit a command to this user", false),
    UNTRUSTED("its TLS certificate is not trusted, or it does not offer TLS", false),
    REPLICA("it is a replica, which only reads", false),
    CLUSTER("it belongs to a cluster, whose URL begins with redis-cluster://", false),
    DATABASE("it has no database of that number", false),
    NOT_REDIS("what answers there is not Redis, or is too old", false),
    FOREIGN_DATA("keys under the prefix belong to something else, or are damaged", false),
    REFUSED("it refused what was asked", false);

    private final String sentence;
    private final boolean passes;

    RedisProblem(String sentence, boolean passes) {
        this.sentence = sentence;
        this.passes = passes;
    }

    /** The problem, as the part of a sentence about Redis. */
    public String sentence() {
        return sentence;
    }

    /** Whether it can pass by itself, so that the same call may succeed later. */
    public boolean passes() {
        return passes;
    }

    /** The problem that an exception stands for: that of its innermost cause that is known. */
    public static RedisProblem of(Throwable thrown) {
        Optional<RedisProblem> found = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<RedisProblem> inner = ofOne(cause);
            boolean vague = inner.filter(problem -> problem == NO_ANSWER).isPresent() && found.isPresent();
            found = inner.isPresent() && !vague ? inner : found;
        }
        return found.orElse(REFUSED);
    }

    private static Optional<RedisProblem> ofOne(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return Optional.of(UNKNOWN_HOST);
        }
        if (cause instanceof SSLException) {
            return Optional.of(UNTRUSTED);
        }
        if (cause instanceof RedisAuthRequiredException || cause instanceof RedisWrongPasswordException) {
            return Optional.of(PASSWORD);
        }
        if (cause instanceof RedisLoadingException) {
            return Optional.of(LOADING);
        }
        if (cause instanceof RedisBusyException) {
            return Optional.of(BUSY);
        }
        if (cause instanceof RedisOutOfMemoryException) {
            return Optional.of(FULL);
        }
        if (cause instanceof RedisReadonlyException) {
            return Optional.of(REPLICA);
        }
        if (cause instanceof RedisClusterDownException || cause instanceof RedisMasterDownException) {
            return Optional.of(CLUSTER_DOWN);
        }
        if (cause instanceof RedisRedirectException) {
            return Optional.of(CLUSTER);
        }
        Optional<RedisProblem> told = ofReply(String.valueOf(cause.getMessage()));
        if (told.isPresent()) {
            return told;
        }
        return cause instanceof RedisConnectionException
                        || cause instanceof RedisTimeoutException
                        || cause instanceof TimeoutException
                ? Optional.of(NO_ANSWER)
                : Optional.empty();
    }

    /** Redis' error replies begin with a code. */
    private static Optional<RedisProblem> ofReply(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("noperm")) {
            return Optional.of(RIGHTS);
        }
        if (text.contains("wrongpass") || text.contains("noauth") || text.contains("without any password configured")) {
            return Optional.of(PASSWORD);
        }
        if (text.contains("misconf")) {
            return Optional.of(CANNOT_SAVE);
        }
        if (text.contains("wrongtype") || text.contains("belong to something else")) {
            return Optional.of(FOREIGN_DATA);
        }
        if (text.contains("readonly")) {
            return Optional.of(REPLICA);
        }
        if (text.contains("crossslot")) {
            return Optional.of(CLUSTER);
        }
        if (text.contains("db index is out of range")) {
            return Optional.of(DATABASE);
        }
        return text.contains("unknown command") || text.contains("can't decode")
                ? Optional.of(NOT_REDIS)
                : Optional.empty();
    }
}
