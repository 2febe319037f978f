package org.trackerreports.simulator;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The login itself: {@code init} and {@code complete}. */
final class LoginService {
    private static final Duration LOGIN_LIFETIME = Duration.ofMinutes(2);
    private static final Duration HEARTBEAT_LIFETIME = Duration.ofDays(365);

    private final Backend backend;
    private final boolean minimalWidthToo;
    private final Map<String, PendingLogin> pending = new ConcurrentHashMap<>();

    LoginService(Backend backend, boolean minimalWidthToo) {
        this.backend = backend;
        this.minimalWidthToo = minimalWidthToo;
    }

    Reply answer(Call call) {
        refuseXcode(call);
        backend.checks().requireClientInfo(call, LoginService::unauthorized);
        if (!call.hasContentType(Reply.PLIST)) {
            throw unauthorized("the content type is not " + Reply.PLIST);
        }
        NSDictionary body = Plists.dictionary(call.body())
                .orElseThrow(() -> unauthorized("the body is not an XML property list with a dictionary"));
        NSDictionary request = Plists.dictionary(body, "Request").orElse(new NSDictionary());
        Optional<String> version = Plists.dictionary(body, "Header").flatMap(h -> Plists.string(h, "Version"));
        if (!version.equals(Optional.of("1.0.1"))) {
            throw new RefusedRequest(Reply.html(404, "Not Found"), "Header.Version is not 1.0.1");
        }
        String operation = Plists.string(request, "o").orElse("");
        String user = Plists.string(request, "u").orElse("");
        call.noteAccount(Accounts.normalized(user));
        call.proceed();
        return switch (operation) {
            case "init" -> init(call, request, user);
            case "complete" -> complete(call, request, user);
            default -> throw new RefusedRequest(Reply.html(404, "Not Found"), "Request.o is neither init nor complete");
        };
    }

    /** The edge in front of the login blocks this client information, whatever else the request says. */
    static void refuseXcode(Call call) {
        String clientInfo = call.header("X-MMe-Client-Info");
        if (clientInfo != null && clientInfo.contains("com.apple.dt.Xcode")) {
            throw new RefusedRequest(
                    Reply.html(503, "Service Temporarily Unavailable"),
                    "X-MMe-Client-Info names com.apple.dt.Xcode, which the edge blocks");
        }
    }

    private Reply init(Call call, NSDictionary request, String user) {
        checkClientData(call, request);
        Account account = backend.accounts()
                .find(user)
                .orElseThrow(() -> refused(
                        -20101, "Your account information was entered incorrectly.", "the account name is unknown"));
        refuseIfLocked(account);
        BigInteger clientPublic = Plists.data(request, "A2k")
                .filter(a -> a.length <= 256)
                .map(a -> new BigInteger(1, a).mod(SrpServer.N))
                .filter(a -> a.signum() != 0)
                .orElseThrow(() -> unable("A2k is missing, longer than 256 bytes or zero modulo N"));
        String protocol = account.setup().passwordProtocol().wireName();
        if (!(request.get("ps") instanceof NSArray offered)
                || Arrays.stream(offered.getArray()).noneMatch(o -> new NSString(protocol).equals(o))) {
            throw unable("ps does not offer " + protocol + ", which this account needs");
        }
        BigInteger secret = new BigInteger(1, backend.secrets().fresh("b", 64));
        String cookie = "d-" + backend.secrets().freshHex("cookie", 24) + ":PRN";
        Instant now = backend.clock().instant();
        pending.values().removeIf(p -> p.expiry().isBefore(now));
        pending.put(cookie, new PendingLogin(account, user, secret, clientPublic, now.plus(LOGIN_LIFETIME)));
        BigInteger publicValue = SrpServer.publicValue(account.verifier(), secret);
        AccountCondition condition = account.setup().condition();
        return Reply.plist(response(
                status(200, 0, ""),
                "i",
                condition == AccountCondition.MANY_ROUNDS ? 10_000_000 : account.iterations(),
                "s",
                condition == AccountCondition.LARGE_SALT ? new byte[8_000_000] : account.salt(),
                "sp",
                protocol,
                "c",
                cookie,
                "B",
                condition == AccountCondition.LARGE_PUBLIC_VALUE
                        ? publicValue.add(SrpServer.N).toByteArray()
                        : SrpServer.fixed(publicValue)));
    }

    private Reply complete(Call call, NSDictionary request, String user) {
        NSDictionary clientData = checkClientData(call, request);
        PendingLogin login = Plists.string(request, "c")
                .map(pending::remove)
                .filter(p -> !p.expiry().isBefore(backend.clock().instant()))
                .orElseThrow(() -> unable("c is unknown, used or too old"));
        if (!login.user().equals(user)) {
            throw unable("u differs from the one given at init");
        }
        Account account = login.account();
        refuseIfLocked(account);
        byte[] proof = Plists.data(request, "M1").orElseThrow(() -> unable("M1 is missing"));
        SrpServer.Proven proven = SrpServer.prove(
                        user,
                        account.salt(),
                        account.verifier(),
                        login.secret(),
                        login.clientPublic(),
                        proof,
                        minimalWidthToo)
                .orElseThrow(() -> refused(
                        -22406,
                        "Enter the correct password for this Apple Account.",
                        "M1 is wrong: another password, or the proof was computed differently"));
        MachineIdentity machine =
                ClientChecks.machine(name -> Plists.string(clientData, name).orElse(""));
        refuseByCondition(account, machine);
        NSDictionary status = status(200, 0, "");
        boolean done = account.trusts(machine);
        if (account.setup().condition() == AccountCondition.REPAIR) {
            status = status(409, 0, "");
            status.put("au", "repair");
            done = false;
        } else if (!done) {
            status = status(409, 0, "");
            status.put(
                    "au",
                    account.setup().secondFactor() == SecondFactor.SMS
                            ? "secondaryAuth"
                            : "trustedDeviceSecondaryAuth");
        }
        byte[] plain = Plists.printBare(accountData(account, machine, done));
        return Reply.plist(response(
                status,
                "M2",
                proven.serverProof(),
                "spd",
                encrypted(plain, proven.sessionKey()),
                "np",
                backend.secrets().fresh("np", 32)));
    }

    private NSDictionary accountData(Account account, MachineIdentity machine, boolean done) {
        String identityToken = backend.secrets().freshBase64("identity token", 48);
        account.addIdentityToken(identityToken, machine);
        Instant now = backend.clock().instant();
        NSDictionary tokens = new NSDictionary();
        tokens.put(
                "com.apple.gs.appleid.auth", token(backend.secrets().freshBase64("auth", 48), now, HEARTBEAT_LIFETIME));
        if (done) {
            String pet = backend.secrets().freshBase64("pet", 60);
            account.addPet(pet, now);
            tokens.put("com.apple.gs.idms.pet", token(pet, now, Account.PET_LIFETIME));
            tokens.put("com.apple.gs.idms.hb", token(backend.secrets().freshBase64("hb", 60), now, HEARTBEAT_LIFETIME));
        }
        return Plists.of(
                "acname", account.setup().appleId(),
                "fn", "Tess",
                "ln", "Owner",
                "adsid", account.adsid(),
                "DsPrsId", Long.parseLong(account.dsid()),
                "GsIdmsToken", identityToken,
                "sk", backend.secrets().fresh("sk", 32),
                "c", backend.secrets().fresh("c", 64),
                "t", tokens);
    }

    private static NSDictionary token(String token, Instant now, Duration lifetime) {
        return Plists.of("token", token, "expiry", now.plus(lifetime).toEpochMilli(), "duration", lifetime.toSeconds());
    }

    private NSDictionary checkClientData(Call call, NSDictionary request) {
        NSDictionary clientData = Plists.dictionary(request, "cpd").orElse(new NSDictionary());
        call.noteMachine(Plists.string(clientData, "X-Apple-I-MD-M").orElse(""));
        if (!ClientChecks.hasMachine(clientData)) {
            throw refused(-80009, "MID is invalid.", "cpd lacks X-Apple-I-MD or X-Apple-I-MD-M");
        }
        backend.checks().clientDataFault(call, clientData).ifPresent(fault -> {
            throw refused(-22421, "This action could not be completed. Please try again.", fault);
        });
        return clientData;
    }

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(Reply.html(401, "Unauthorized"), reason);
    }

    private static void refuseIfLocked(Account account) {
        if (account.setup().condition() == AccountCondition.LOCKED) {
            throw refused(-20209, "This Apple Account has been locked for security reasons.", "the account is locked");
        }
    }

    /** Refuses although the password is right. These answers have no {@code hsc}. */
    private static void refuseByCondition(Account account, MachineIdentity machine) {
        switch (account.setup().condition()) {
            case TRY_LATER ->
                throw bareRefusal(-36607, "Unable to sign you in to your Apple Account. Try again later.");
            case CANNOT_COMPLETE_NOW -> throw bareRefusal(-22411, "This action cannot be completed at this time.");
            case VERIFICATION_FAILED -> throw bareRefusal(-20751, "This action could not be completed. Try again.");
            case NAME_OR_PASSWORD -> throw bareRefusal(-20101, "Your Apple Account or password was incorrect.");
            case REFUSED_AFTER_CODE -> {
                if (account.trusts(machine)) {
                    throw bareRefusal(-22406, "Enter the correct password for this Apple Account.");
                }
            }
            default -> {
                // Nothing is the matter with the sign-in itself.
            }
        }
    }

    private static RefusedRequest bareRefusal(int errorCode, String message) {
        return new RefusedRequest(
                Reply.plist(response(Plists.of("ec", errorCode, "ed", "", "em", message))),
                "the account's condition (ec " + errorCode + ")");
    }

    private static RefusedRequest unable(String reason) {
        return refused(-36607, "Unable to sign you in to your Apple Account. Try again later.", reason);
    }

    private static RefusedRequest refused(int errorCode, String message, String reason) {
        return new RefusedRequest(
                Reply.plist(response(status(401, errorCode, message))), reason + " (ec " + errorCode + ")");
    }

    private static NSDictionary status(int httpLike, int errorCode, String message) {
        return Plists.of("hsc", httpLike, "ed", "", "ec", errorCode, "em", message);
    }

    private static byte[] response(NSDictionary status, Object... members) {
        NSDictionary response = Plists.of(members);
        response.put("Status", status);
        return Plists.print(Plists.of("Header", new NSDictionary(), "Response", response));
    }

    static byte[] encrypted(byte[] plain, byte[] sessionKey) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(derived(sessionKey, "extra data key:"), "AES"),
                    new IvParameterSpec(derived(sessionKey, "extra data iv:"), 0, 16));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has AES-CBC.", e);
        }
    }

    private static byte[] derived(byte[] sessionKey, String label) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sessionKey, "HmacSHA256"));
        return mac.doFinal(label.getBytes(StandardCharsets.US_ASCII));
    }

    private record PendingLogin(
            Account account, String user, BigInteger secret, BigInteger clientPublic, Instant expiry) {}
}
