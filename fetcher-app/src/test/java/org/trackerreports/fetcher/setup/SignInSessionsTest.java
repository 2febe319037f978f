package org.trackerreports.fetcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod.TrustedDevice;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.testsupport.MovableClock;

/** How long, how many, and who: the passwords in memory. */
class SignInSessionsTest {

    private static final PendingLogin PENDING = new PendingLogin(
            "owner@example.com",
            DeviceIdentity.random(),
            "a token",
            List.of(new TrustedDevice()),
            Optional.of(new TrustedDevice()));
    private static final SignInStep SENT = new SignInStep.CodeSent(PENDING, new TrustedDevice(), false);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final SignInSessions sessions = new SignInSessions(new SecureRandom(), clock);

    private static Credentials credentials(String appleId) {
        return Credentials.of(appleId, "a made-up password".toCharArray());
    }

    private String begin(Credentials credentials, SignInStep first) throws IOException {
        return sessions.begin("main", credentials, mock(SignIn.class), signIn -> first)
                .session()
                .id();
    }

    private void assertEnded(String id) {
        assertThatThrownBy(() -> sessions.next(id, signIn -> SENT)).satisfies(e -> assertStatus(e, 404));
    }

    private static void assertStatus(Throwable thrown, int status) {
        assertThat(((ProblemException) thrown).answer().status()).isEqualTo(status);
    }

    private static void assertWiped(Credentials credentials) {
        assertThat(credentials.passwordDigest()).containsOnly(0);
    }

    @Test
    void aPasswordIsForgottenWhenTheSignInHasEnded() throws Exception {
        for (SignInStep end : List.of(
                new SignInStep.SignedIn(false),
                new SignInStep.Outdated(),
                new SignInStep.KeptElsewhere("other"),
                new SignInStep.Failed(new LoginOutcome.TooManyCodes(PENDING, "no more"), OptionalInt.empty()),
                new SignInStep.Failed(new LoginOutcome.RefusedAfterCode(-1), OptionalInt.empty()))) {
            Credentials credentials = credentials("owner@example.com");
            String id = begin(credentials, SENT);
            assertThat(credentials.passwordDigest()).isNotEqualTo(new byte[32]);
            sessions.next(id, signIn -> end);
            assertWiped(credentials);
            assertEnded(id);
        }
    }

    @Test
    void whatEndsAtOnceIsNotKept() throws Exception {
        Credentials credentials = credentials("owner@example.com");
        String id =
                begin(credentials, new SignInStep.Failed(new LoginOutcome.WrongPassword(1, "no"), OptionalInt.of(2)));
        assertWiped(credentials);
        assertEnded(id);
    }

    @Test
    void aWrongCodeAndAServiceThatIsAwayCanBeFollowedByAnotherTry() throws Exception {
        String id = begin(credentials("owner@example.com"), SENT);
        for (LoginOutcome failure :
                List.of(new LoginOutcome.WrongCode(PENDING, "no"), new LoginOutcome.ServiceUnavailable("HTTP 500"))) {
            sessions.next(id, signIn -> new SignInStep.Failed(failure, OptionalInt.empty()));
        }
        assertThatThrownBy(() -> sessions.next(id, signIn -> {
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class);
        assertThat(sessions.next(id, signIn -> SENT).step()).isEqualTo(SENT);
    }

    @Test
    void whoTakesTooLongIsForgotten() throws Exception {
        Credentials credentials = credentials("owner@example.com");
        String id = begin(credentials, SENT);
        clock.advance(SignInSessions.PATIENCE.minusSeconds(1));
        sessions.sweep();
        sessions.next(id, signIn -> SENT);
        clock.advance(SignInSessions.PATIENCE.minusSeconds(1));
        sessions.sweep();
        assertThat(credentials.passwordDigest()).isNotEqualTo(new byte[32]);
        clock.advance(SignInSessions.PATIENCE);
        sessions.sweep();
        assertWiped(credentials);
        assertEnded(id);
    }

    @Test
    void anotherBeginningOfTheSameAppleAccountTakesThePlaceOfTheFormer() throws Exception {
        Credentials former = credentials("owner@example.com");
        String id = begin(former, SENT);
        begin(credentials(" Owner@Example.com"), SENT);
        assertWiped(former);
        assertEnded(id);
    }

    @Test
    void oneStepIsTakenAtATimeForOneAppleAccount() throws Exception {
        CountDownLatch taking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        String id = begin(credentials("owner@example.com"), SENT);
        FutureTask<SignInSessions.Taken> slow = new FutureTask<>(() -> sessions.next(id, signIn -> {
            taking.countDown();
            await(answered);
            return SENT;
        }));
        Thread thread = new Thread(slow);
        thread.start();
        await(taking);
        Credentials second = credentials("owner@example.com");
        assertThatThrownBy(() -> begin(second, SENT)).satisfies(e -> assertStatus(e, 409));
        assertWiped(second);
        assertThatThrownBy(() -> sessions.next(id, signIn -> SENT)).satisfies(e -> assertStatus(e, 409));
        assertThatThrownBy(() -> sessions.forget(id)).satisfies(e -> assertStatus(e, 409));
        // Another Apple account waits for nobody.
        begin(credentials("another@example.com"), SENT);
        answered.countDown();
        assertThat(step(slow)).isEqualTo(SENT);
        sessions.forget(id);
        assertEnded(id);
    }

    private static SignInStep step(FutureTask<SignInSessions.Taken> task)
            throws InterruptedException, ExecutionException {
        return task.get().step();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void thereAreFewAtATime() throws Exception {
        for (int number = 0; number < SignInSessions.MOST; number++) {
            begin(credentials("owner" + number + "@example.com"), SENT);
        }
        Credentials more = credentials("more@example.com");
        assertThatThrownBy(() -> begin(more, SENT)).satisfies(e -> assertStatus(e, 429));
        assertWiped(more);
        clock.advance(SignInSessions.PATIENCE);
        begin(credentials("more@example.com"), SENT);
    }

    @Test
    void closingForgetsAll() throws Exception {
        Credentials credentials = credentials("owner@example.com");
        begin(credentials, SENT);
        sessions.close();
        assertWiped(credentials);
    }
}
