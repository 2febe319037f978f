package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.CryptoException;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;
import org.trackerreports.findmy.login.SrpExchange.Proof;

/**
 * Signs in with name and password: the two SRP calls {@code init} and {@code complete}, and the tokens they return. Source:
 * FindMy.py {@code account.py}; sections 4.1 to 4.8 of the protocol page.
 */
record GrandSlam(GrandSlamApi api, AnisetteProvider anisette, ClientInfo clientInfo, Clock clock, SecureRandom random) {

    /** What the service returns for the right password. */
    record SignedIn(
            String adsid, String idmsToken, Optional<String> passwordEquivalentToken, Optional<String> secondFactor) {

        /** The header that identifies the owner in the second factor's calls. */
        String identityToken() {
            return java.util.Base64.getEncoder()
                    .encodeToString((adsid + ":" + idmsToken).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "SignedIn[secondFactor=" + secondFactor + "]";
        }
    }

    /** Result of a step: a value, or the outcome that ends the sign-in. */
    record Step<T>(Optional<T> value, Optional<LoginOutcome> end) {
        static <T> Step<T> of(T value) {
            return new Step<>(Optional.of(value), Optional.empty());
        }

        static <T> Step<T> end(LoginOutcome outcome) {
            return new Step<>(Optional.empty(), Optional.of(outcome));
        }
    }

    private static final String PET = "com.apple.gs.idms.pet";

    /** Signs in. Tries once more if leading zeros may have caused the refusal, because a new exchange draws new numbers. */
    Step<SignedIn> signIn(Credentials credentials, DeviceIdentity identity) throws AnisetteException {
        Attempt first = attempt(credentials, identity);
        boolean mayBeWidth = first.hadLeadingZero
                && first.step
                        .end()
                        .filter(LoginOutcome.WrongPassword.class::isInstance)
                        .isPresent();
        return mayBeWidth ? attempt(credentials, identity).step : first.step;
    }

    private record Attempt(Step<SignedIn> step, boolean hadLeadingZero) {}

    private Attempt attempt(Credentials credentials, DeviceIdentity identity) throws AnisetteException {
        SrpExchange exchange = SrpExchange.begin(random);
        AnisetteData data = anisette.current();
        Map<String, Object> init = request(credentials.accountName(), identity, data, "init");
        init.put("A2k", exchange.publicValue());
        init.put("ps", List.of("s2k", "s2k_fo"));
        Step<NSDictionary> challenge = call(init);
        if (challenge.end().isPresent()) {
            return new Attempt(Step.end(challenge.end().get()), false);
        }
        Optional<SrpChallenge> given = SrpChallenge.of(challenge.value().orElseThrow());
        if (given.isEmpty()) {
            return unreadable("in the first answer the salt, the public value, the cookie, the rounds or the password"
                    + " protocol is missing or out of its bounds");
        }

        Proof proof;
        try {
            proof = exchange.prove(credentials, given.get());
        } catch (CryptoException e) {
            return unreadable("the service's public value is not a valid one");
        }
        Map<String, Object> complete = request(credentials.accountName(), identity, data, "complete");
        complete.put("M1", proof.evidence());
        complete.put("c", given.get().cookie());
        Step<NSDictionary> answered = call(complete);
        if (answered.end().isPresent()) {
            return new Attempt(Step.end(answered.end().get()), proof.hasLeadingZero());
        }
        return new Attempt(read(answered.value().orElseThrow(), proof), false);
    }

    private static Attempt unreadable(String detail) {
        return new Attempt(Step.end(new LoginOutcome.Unreadable(detail)), false);
    }

    private Map<String, Object> request(
            String accountName, DeviceIdentity identity, AnisetteData data, String operation) {
        Map<String, Object> clientData = new LinkedHashMap<>();
        clientData.put("bootstrap", true);
        clientData.put("icscrec", true);
        clientData.put("pbe", false);
        clientData.put("prkgen", true);
        clientData.put("svct", "iCloud");
        clientData.putAll(identity.headers(data, clock.instant()));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("cpd", clientData);
        request.put("o", operation);
        request.put("u", accountName);
        return request;
    }

    /** Makes one call and returns its {@code Response} dictionary, if its status is 0. */
    private Step<NSDictionary> call(Map<String, Object> request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/x-xml-plist");
        headers.put("Accept", "*/*");
        headers.put("User-Agent", "akd/1.0 CFNetwork/978.0.7 Darwin/18.7.0");
        headers.put("X-MMe-Client-Info", clientInfo.signIn());
        byte[] body = Plists.write(Map.of("Header", Map.of("Version", "1.0.1"), "Request", request));
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(() -> api.service(headers, body));
        } catch (CallFailedException e) {
            return Step.end(new LoginOutcome.ServiceUnavailable(e.getMessage()));
        }
        if (!answer.successful()) {
            return Step.end(LoginAnswers.httpFailure(answer));
        }
        Optional<NSDictionary> plist = Plists.readDictionary(answer.body());
        Optional<LoginOutcome> refusal = plist.flatMap(LoginAnswers::refusal);
        if (refusal.isPresent()) {
            return Step.end(refusal.get());
        }
        return plist.flatMap(found -> Plists.dictionary(found, "Response"))
                .map(Step::of)
                .orElseGet(() -> Step.end(new LoginOutcome.Unreadable(
                        "HTTP " + answer.status() + " without a property list that has a response")));
    }

    private static Step<SignedIn> read(NSDictionary response, Proof proof) {
        if (Plists.data(response, "M2").filter(proof::serverKnowsThePassword).isEmpty()) {
            return Step.end(new LoginOutcome.Unreadable("the service did not prove that it knows the password"));
        }
        Optional<NSDictionary> opened = Plists.data(response, "spd")
                .flatMap(encrypted -> open(encrypted, proof.sessionKey()))
                .flatMap(Plists::readDictionary);
        Optional<String> adsid = opened.flatMap(spd -> Plists.text(spd, "adsid"));
        Optional<String> idmsToken = opened.flatMap(spd -> Plists.text(spd, "GsIdmsToken"));
        if (adsid.isEmpty() || idmsToken.isEmpty()) {
            return Step.end(new LoginOutcome.Unreadable("the service's sealed answer cannot be opened"));
        }
        Optional<String> pet = opened.flatMap(spd -> Plists.dictionary(spd, "t"))
                .flatMap(tokens -> Plists.dictionary(tokens, PET))
                .flatMap(token -> Plists.text(token, "token"));
        Optional<String> secondFactor =
                Plists.dictionary(response, "Status").flatMap(status -> Plists.text(status, "au"));
        return Step.of(new SignedIn(adsid.get(), idmsToken.get(), pet, secondFactor));
    }

    /** Decrypts the encrypted part of an answer: AES-256-CBC under keys from the session key (section 4.7). */
    static Optional<byte[]> open(byte[] encrypted, byte[] sessionKey) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(hmac(sessionKey, "extra data key:"), "AES"),
                    new IvParameterSpec(Arrays.copyOf(hmac(sessionKey, "extra data iv:"), 16)));
            return Optional.of(cipher.doFinal(encrypted));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}
