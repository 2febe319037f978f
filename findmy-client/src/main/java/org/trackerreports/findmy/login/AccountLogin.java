package org.trackerreports.findmy.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;
import org.trackerreports.findmy.login.GrandSlam.SignedIn;
import org.trackerreports.findmy.login.GrandSlam.Step;

/**
 * Signs in to an account.
 *
 * <pre>{@code
 * LoginOutcome outcome = login.begin(credentials, DeviceIdentity.random());
 * if (outcome.secondFactor().isPresent()) {
 *     PendingLogin pending = outcome.secondFactor().get();
 *     outcome = login.sendCode(pending, pending.methods().get(0));
 *     // … now or hours later, here or in another process:
 *     outcome = login.complete(pending, method, code, credentials);
 * }
 * }</pre>
 *
 * <p>Nothing is retried: every attempt counts at the service, and several failed ones lock the account. Thread-safe.
 */
public final class AccountLogin {

    private final ServiceAddresses addresses;
    private final Transport transport;
    private final AnisetteProvider anisette;
    private final ClientInfo clientInfo;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * A login for any account.
     *
     * @param anisette must give data of the same machine for the whole life of the session
     */
    public AccountLogin(
            ServiceAddresses addresses,
            HttpSettings http,
            AnisetteProvider anisette,
            ClientInfo clientInfo,
            Clock clock,
            SecureRandom random) {
        this.addresses = Objects.requireNonNull(addresses, "addresses");
        this.transport = new Transport(http);
        this.anisette = Objects.requireNonNull(anisette, "anisette");
        this.clientInfo = Objects.requireNonNull(clientInfo, "clientInfo");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Signs in with name and password.
     *
     * @param identity the one of an earlier session of this account, or a new one; a machine that was trusted with it needs no
     *     second factor
     * @return {@link LoginOutcome.LoggedIn}, {@link LoginOutcome.SecondFactorNeeded}, or why it failed
     */
    public LoginOutcome begin(Credentials credentials, DeviceIdentity identity) {
        GrandSlamApi api = grandSlamApi();
        try {
            Step<SignedIn> step = grandSlam(api).signIn(credentials, identity);
            if (step.end().isPresent()) {
                return step.end().get();
            }
            SignedIn signedIn = step.value().orElseThrow();
            Optional<String> secondFactor = signedIn.secondFactor();
            if (secondFactor.isEmpty()) {
                return finish(credentials.accountName(), identity, signedIn);
            }
            return switch (secondFactor.get()) {
                case "trustedDeviceSecondaryAuth", "secondaryAuth" ->
                    new SecondFactor(api, anisette, clientInfo, clock)
                            .methods(
                                    credentials.accountName(),
                                    identity,
                                    signedIn.identityToken(),
                                    secondFactor.get().startsWith("trustedDevice"));
                // The owner is asked to complete the account's data; the tokens may be there nevertheless.
                case "repair" -> finish(credentials.accountName(), identity, signedIn);
                default -> new LoginOutcome.Unreadable("an unknown further step: " + secondFactor.get());
            };
        } catch (AnisetteException e) {
            return new LoginOutcome.AnisetteUnavailable(e.getMessage());
        }
    }

    /**
     * Requests a verification code, or another one.
     *
     * @return {@link LoginOutcome.SecondFactorNeeded} with the code sent, or why none was sent
     */
    public LoginOutcome sendCode(PendingLogin pending, SecondFactorMethod method) {
        try {
            return new SecondFactor(grandSlamApi(), anisette, clientInfo, clock).sendCode(pending, method);
        } catch (AnisetteException e) {
            return new LoginOutcome.AnisetteUnavailable(e.getMessage());
        }
    }

    /**
     * Enters the code and signs in once more, which the service then accepts.
     *
     * @param method the way by which the code came; a code of one way is not valid for another
     * @param code as it was typed; what cannot be a code ({@link VerificationCode}) is not sent
     * @param credentials the same as at the beginning
     * @return {@link LoginOutcome.LoggedIn}, {@link LoginOutcome.WrongCode}, or why it failed
     */
    public LoginOutcome complete(
            PendingLogin pending, SecondFactorMethod method, String code, Credentials credentials) {
        Optional<String> digits = VerificationCode.of(code);
        if (digits.isEmpty()) {
            return new LoginOutcome.WrongCode(pending, "not sent: " + VerificationCode.problem(code));
        }
        GrandSlamApi api = grandSlamApi();
        try {
            Optional<LoginOutcome> refused =
                    new SecondFactor(api, anisette, clientInfo, clock).enterCode(pending, method, digits.get());
            if (refused.isPresent()) {
                return refused.get();
            }
            Step<SignedIn> step = grandSlam(api).signIn(credentials, pending.identity());
            if (step.end().isPresent()) {
                return LoginAnswers.afterAcceptedCode(step.end().get());
            }
            SignedIn signedIn = step.value().orElseThrow();
            boolean askedAgain = signedIn.secondFactor()
                    .filter(name -> !name.equals("repair"))
                    .isPresent();
            return askedAgain
                    ? new LoginOutcome.SecondFactorLoop()
                    : finish(pending.accountName(), pending.identity(), signedIn);
        } catch (AnisetteException e) {
            return new LoginOutcome.AnisetteUnavailable(e.getMessage());
        }
    }

    private LoginOutcome finish(String accountName, DeviceIdentity identity, SignedIn signedIn)
            throws AnisetteException {
        Optional<String> token = signedIn.passwordEquivalentToken();
        if (token.isEmpty()) {
            return signedIn.secondFactor().isPresent()
                    ? new LoginOutcome.RepairNeeded()
                    : new LoginOutcome.Unreadable("the sign-in gave no token for the next step");
        }
        SetupApi api = transport.freshConnections(SetupApi.class, addresses.setup(), Trust.PLATFORM);
        return new Delegates(api, anisette, clientInfo, clock)
                .session(accountName, identity, signedIn.adsid(), token.get());
    }

    private GrandSlamApi grandSlamApi() {
        return transport.freshConnections(GrandSlamApi.class, addresses.gsa(), Trust.APPLE_ROOT);
    }

    private GrandSlam grandSlam(GrandSlamApi api) {
        return new GrandSlam(api, anisette, clientInfo, clock, random);
    }
}
