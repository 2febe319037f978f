package org.trackerreports.queue;

import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

    /** What each problem is known by, the surest first. */
    private static final List<Sign> SIGNS = List.of(
            Sign.type(UNKNOWN_HOST, UnknownHostException.class),
            Sign.type(UNTRUSTED, SSLException.class),
            Sign.type(PASSWORD, RedisAuthRequiredException.class, RedisWrongPasswordException.class),
            Sign.type(LOADING, RedisLoadingException.class),
            Sign.type(BUSY, RedisBusyException.class),
            Sign.type(FULL, RedisOutOfMemoryException.class),
            Sign.type(REPLICA, RedisReadonlyException.class),
            Sign.type(CLUSTER_DOWN, RedisClusterDownException.class, RedisMasterDownException.class),
            Sign.type(CLUSTER, RedisRedirectException.class),
            Sign.text(RIGHTS, "noperm"),
            Sign.text(PASSWORD, "wrongpass", "noauth", "without any password configured"),
            Sign.text(CANNOT_SAVE, "misconf"),
            Sign.text(FOREIGN_DATA, "wrongtype", "belong to something else"),
            Sign.text(REPLICA, "readonly"),
            Sign.text(CLUSTER, "crossslot"),
            Sign.text(DATABASE, "db index is out of range"),
            Sign.text(NOT_REDIS, "unknown command", "can't decode"),
            Sign.type(NO_ANSWER, RedisConnectionException.class, RedisTimeoutException.class, TimeoutException.class));

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
        return SIGNS.stream()
                .filter(sign -> sign.seenIn().test(cause))
                .map(Sign::problem)
                .findFirst();
    }

    private record Sign(RedisProblem problem, Predicate<Throwable> seenIn) {

        static Sign type(RedisProblem problem, Class<?>... types) {
            return new Sign(problem, cause -> Stream.of(types).anyMatch(type -> type.isInstance(cause)));
        }

        /** Redis' error replies begin with a code. */
        static Sign text(RedisProblem problem, String... texts) {
            return new Sign(problem, cause -> {
                String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
                return Stream.of(texts).anyMatch(message::contains);
            });
        }
    }
}
