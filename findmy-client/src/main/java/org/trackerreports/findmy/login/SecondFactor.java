package org.trackerreports.findmy.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;
import org.trackerreports.findmy.login.SecondFactorMethod.TrustedDevice;

/** The calls of the second factor. Source: section 4.9 of the protocol page, with its own sources. */
record SecondFactor(GrandSlamApi api, AnisetteProvider anisette, ClientInfo clientInfo, Clock clock) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLIST = "text/x-xml-plist";
    private static final String JSON_TYPE = "application/json";

    /** The service sent a code to the first phone when the list of methods was opened. */
    private static final int CODE_ALREADY_SENT = 201;

    /** The ways to get a code. */
    LoginOutcome methods(String accountName, DeviceIdentity identity, String identityToken, boolean devicesCanShowCodes)
            throws AnisetteException {
        Map<String, String> headers = headers(identity, identityToken, JSON_TYPE);
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(() -> api.methods(headers));
        } catch (CallFailedException e) {
            return new LoginOutcome.ServiceUnavailable(e.getMessage());
        }
        if (!answer.successful()) {
            return LoginAnswers.httpFailure(answer);
        }
        List<SecondFactorMethod> methods = new ArrayList<>();
        if (devicesCanShowCodes) {
            methods.add(new TrustedDevice());
        }
        List<Sms> phones = phones(answer);
        methods.addAll(phones);
        if (methods.isEmpty()) {
            return new LoginOutcome.Refused(
                    answer.status(), "the account offers no code by device or phone; security keys are not supported");
        }
        PendingLogin pending = new PendingLogin(accountName, identity, identityToken, methods, Optional.empty());
        boolean sent = answer.status() == CODE_ALREADY_SENT && !phones.isEmpty();
        return new LoginOutcome.SecondFactorNeeded(sent ? pending.withCodeSentBy(phones.get(0)) : pending);
    }

    private static List<Sms> phones(HttpAnswer answer) {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (IOException e) {
            return List.of();
        }
        JsonNode numbers = json.findPath("trustedPhoneNumbers");
        List<Sms> phones = new ArrayList<>();
        for (JsonNode number : numbers) {
            if (number.path("id").canConvertToInt()) {
                phones.add(new Sms(
                        number.get("id").asInt(),
                        number.path("numberWithDialCode").asText("your phone")));
            }
        }
        return phones;
    }

    /** Requests a code. */
    LoginOutcome sendCode(PendingLogin pending, SecondFactorMethod method) throws AnisetteException {
        HttpAnswer answer;
        try {
            if (method instanceof Sms sms) {
                Map<String, String> headers = headers(pending.identity(), pending.identityToken(), JSON_TYPE);
                byte[] body = json(Map.of("phoneNumber", Map.of("id", sms.phoneId()), "mode", "sms"));
                answer = HttpAnswer.of(() -> api.sendSms(headers, body));
            } else {
                Map<String, String> headers = headers(pending.identity(), pending.identityToken(), PLIST);
                answer = HttpAnswer.of(() -> api.showCodeOnDevices(headers));
            }
        } catch (CallFailedException e) {
            return new LoginOutcome.ServiceUnavailable(e.getMessage());
        }
        return answer.successful()
                ? new LoginOutcome.SecondFactorNeeded(pending.withCodeSentBy(method))
                : LoginAnswers.codeRefusal(pending, answer, false);
    }

    /** Enters a code; empty if it was accepted. */
    Optional<LoginOutcome> enterCode(PendingLogin pending, SecondFactorMethod method, String code)
            throws AnisetteException {
        try {
            return method instanceof Sms sms ? enterSmsCode(pending, sms, code) : enterDeviceCode(pending, code);
        } catch (CallFailedException e) {
            return Optional.of(new LoginOutcome.ServiceUnavailable(e.getMessage()));
        }
    }

    private Optional<LoginOutcome> enterSmsCode(PendingLogin pending, Sms sms, String code)
            throws AnisetteException, CallFailedException {
        Map<String, String> headers = headers(pending.identity(), pending.identityToken(), JSON_TYPE);
        byte[] body = json(Map.of(
                "phoneNumber", Map.of("id", sms.phoneId()), "mode", "sms", "securityCode", Map.of("code", code)));
        HttpAnswer answer = HttpAnswer.of(() -> api.validateSmsCode(headers, body));
        return answer.successful() ? Optional.empty() : Optional.of(LoginAnswers.codeRefusal(pending, answer, true));
    }

    private Optional<LoginOutcome> enterDeviceCode(PendingLogin pending, String code)
            throws AnisetteException, CallFailedException {
        Map<String, String> headers = headers(pending.identity(), pending.identityToken(), PLIST);
        headers.put("security-code", code);
        HttpAnswer answer = HttpAnswer.of(() -> api.validateDeviceCode(headers));
        if (!answer.successful()) {
            return Optional.of(LoginAnswers.codeRefusal(pending, answer, true));
        }
        return Plists.readDictionary(answer.body())
                .filter(plist -> Plists.number(plist, "ec").orElse(0) != 0)
                .map(plist -> LoginAnswers.codeRefusal(
                        pending,
                        Plists.number(plist, "ec").getAsLong(),
                        Plists.text(plist, "em").orElse("no further text"),
                        true));
    }

    private Map<String, String> headers(DeviceIdentity identity, String identityToken, String type)
            throws AnisetteException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Accept", type);
        headers.put("Accept-Language", "en-us");
        headers.put("User-Agent", "akd/1.0 CFNetwork/978.0.7 Darwin/18.7.0");
        headers.put("X-Mme-Client-Info", clientInfo.signIn());
        headers.put("X-Apple-Identity-Token", identityToken);
        headers.putAll(identity.headers(anisette.current(), clock.instant()));
        return headers;
    }

    private static byte[] json(Map<String, Object> members) {
        return JSON.valueToTree(members).toString().getBytes(StandardCharsets.UTF_8);
    }
}
