package org.trackerreports.fetcher.setup;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;

/**
 * The sign-ins of this process: few, not for long, one for each Apple account, one step at a time. What waits for its code is in the
 * database, too, so whoever comes too late begins again with the password and needs no other code. Thread-safe.
 */
final class SignInSessions implements AutoCloseable {

    /** How long a person may take for the next step. A code is valid for about as long. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    static final int MOST = 8;

    private static final int ID_BYTES = 16;

    private final SecureRandom random;
    private final Clock clock;
    private final Map<String, SignInSession> sessions = new LinkedHashMap<>();

    /** A step and the session that it belongs to. */
    record Taken(SignInSession session, SignInStep step) {}

    SignInSessions(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Begins a sign-in, in place of a former one of the same Apple account.
     *
     * @throws ProblemException if a step of that one is just being taken, or there are too many sign-ins
     */
    Taken begin(String alias, Credentials credentials, SignIn signIn, SignInSession.Step first) throws IOException {
        SignInSession session = new SignInSession(newId(), alias, credentials, signIn);
        try {
            add(session, AppleAccountDigest.ofName(credentials.accountName()));
        } catch (ProblemException e) {
            session.wipe();
            throw e;
        }
        return take(session, first);
    }

    private synchronized void add(SignInSession session, AppleAccountDigest account) {
        sweep();
        for (SignInSession former : List.copyOf(sessions.values())) {
            if (former.isOf(account)) {
                requireIdle(former);
                forget(former);
            }
        }
        if (sessions.size() >= MOST) {
            throw new ProblemException(Answer.problem(
                    429,
                    "Too many sign-ins",
                    MOST + " sign-ins wait for their codes.",
                    "Finish one of them, or wait " + PATIENCE.toMinutes() + " minutes."));
        }
        session.begins();
        sessions.put(session.id(), session);
    }

    /**
     * Takes the next step.
     *
     * @throws ProblemException if there is no such sign-in any more, or a step of it is just being taken
     */
    Taken next(String id, SignInSession.Step step) throws IOException {
        return take(waiting(id), step);
    }

    private synchronized SignInSession waiting(String id) {
        sweep();
        SignInSession session = sessions.get(id);
        if (session == null) {
            throw new ProblemException(Answer.problem(
                    404,
                    "This sign-in has ended",
                    "There is no such sign-in; it has ended, or waited too long.",
                    "Enter the password again. A code that was sent can still be entered then."));
        }
        requireIdle(session);
        session.begins();
        return session;
    }

    private static void requireIdle(SignInSession session) {
        if (session.busy()) {
            throw new ProblemException(Answer.problem(
                    409,
                    "One at a time",
                    "A step of a sign-in of this Apple account is just being taken.",
                    "Wait until it has ended."));
        }
    }

    private Taken take(SignInSession session, SignInSession.Step step) throws IOException {
        try {
            return new Taken(session, session.take(step));
        } finally {
            rest(session);
        }
    }

    private synchronized void rest(SignInSession session) {
        session.rests(clock.instant().plus(PATIENCE));
        if (!session.waits()) {
            forget(session);
        }
    }

    /** Forgets a sign-in and its password, unless a step of it is just being taken. */
    synchronized void forget(String id) {
        SignInSession session = sessions.get(id);
        if (session != null) {
            requireIdle(session);
            forget(session);
        }
    }

    private synchronized void forget(SignInSession session) {
        sessions.remove(session.id());
        session.wipe();
    }

    /** Forgets the sign-ins that wait too long. Every call does; a timer calls it for those after which nobody comes. */
    synchronized void sweep() {
        Instant now = clock.instant();
        new ArrayList<>(sessions.values())
                .stream().filter(session -> session.isOver(now)).forEach(this::forget);
    }

    /** Forgets all. */
    @Override
    public synchronized void close() {
        List.copyOf(sessions.values()).forEach(this::forget);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
