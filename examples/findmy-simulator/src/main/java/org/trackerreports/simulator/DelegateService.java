package org.trackerreports.simulator;

import com.dd.plist.NSDictionary;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code POST /setup/iosbuddy/loginDelegates}: turns the short-lived password equivalent of a login into a session. */
record DelegateService(Backend backend, Duration sessionLifetime) {
    private static final String MOBILE_ME = "com.apple.mobileme";

    Reply answer(Call call) {
        Call.Basic basic = call.basic().orElseThrow(() -> unauthorized("basic authorisation is missing"));
        call.noteAccount(Accounts.normalized(basic.user()));
        call.proceed();
        checkHeaders(call);
        checkBody(call, basic);
        Account account = authenticated(call, basic);
        return switch (account.setup().condition()) {
            case ACCOUNT_LIMIT -> throw failed(account, "Account limit reached.");
            case LOW_TRUST ->
                throw failed(account, "A server problem is blocking Apple ID sign in. Try signing in later.");
            case TERMS_PENDING ->
                throw new RefusedRequest(
                        Reply.plist(Plists.print(Plists.of(
                                "localizedError", "MOBILEME_TERMS_OF_SERVICE_UPDATE",
                                "description", "The terms of service have changed and must be accepted."))),
                        "the account has new terms to accept");
            default -> Reply.plist(Plists.print(session(account)));
        };
    }

    private void checkHeaders(Call call) {
        backend.checks().requireClientInfo(call, DelegateService::unauthorized);
        backend.checks().requireAnisette(call, DelegateService::unauthorized);
        if ("".equals(call.header("X-Mme-Nas-Qualify"))) {
            throw unauthorized("X-Mme-Nas-Qualify is empty; leave it out");
        }
    }

    private static void checkBody(Call call, Call.Basic basic) {
        NSDictionary body = Plists.dictionary(call.body())
                .orElseThrow(() -> new RefusedRequest(
                        Reply.html(400, "Bad Request"), "the body is not an XML property list with a dictionary"));
        if (!Plists.string(body, "apple-id").equals(Optional.of(basic.user()))
                || !Plists.string(body, "password").equals(Optional.of(basic.password()))) {
            throw unauthorized("apple-id or password of the body differ from the basic authorisation");
        }
        if (Plists.string(body, "client-id").filter(s -> !s.isBlank()).isEmpty()) {
            throw unauthorized("client-id is missing");
        }
        if (Plists.dictionary(body, "delegates")
                .flatMap(d -> Plists.dictionary(d, MOBILE_ME))
                .isEmpty()) {
            throw unauthorized("delegates does not ask for " + MOBILE_ME);
        }
    }

    /** The account whose login gave the password, which must be recent. */
    private Account authenticated(Call call, Call.Basic basic) {
        Account account = backend.accounts()
                .find(basic.user())
                .orElseThrow(() -> unauthorized("there is no account with this Apple ID"));
        if (call.isStruckBy(FaultKind.TOKEN_EXPIRY)) {
            account.expirePet(basic.password());
        }
        Instant expiry = account.petExpiry(basic.password())
                .orElseThrow(() -> unauthorized("the password is not a PET that a login gave"));
        if (!backend.clock().instant().isBefore(expiry)) {
            throw unauthorized("the PET is older than " + Account.PET_LIFETIME.toSeconds() + " s");
        }
        if (!account.adsid().equals(call.header("X-Apple-ADSID"))) {
            throw unauthorized("X-Apple-ADSID is missing or of another account");
        }
        return account;
    }

    private NSDictionary session(Account account) {
        Map<String, String> tokens = Map.of(
                "searchPartyToken", backend.accounts().openSession(account, sessionLifetime),
                "mmeAuthToken", backend.secrets().freshBase64("mmeAuthToken", 48),
                "cloudKitToken", backend.secrets().freshBase64("cloudKitToken", 48),
                "mmeFMIPToken", backend.secrets().freshBase64("mmeFMIPToken", 48));
        return reply(
                account, Plists.of("status", 0, "service-data", Plists.of("protocolVersion", "1.0", "tokens", tokens)));
    }

    private static RefusedRequest failed(Account account, String message) {
        NSDictionary delegate = Plists.of("status", 1, "status-message", message);
        return new RefusedRequest(
                Reply.plist(Plists.print(reply(account, delegate))), "the account's condition: " + message);
    }

    private static NSDictionary reply(Account account, NSDictionary delegate) {
        return Plists.of("dsid", account.dsid(), "status", 0, "delegates", Map.of(MOBILE_ME, delegate));
    }

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(
                Reply.plist(Plists.print(
                        Plists.of("localizedError", "UNAUTHORIZED", "description", "The user is not authorized."))),
                reason);
    }
}
