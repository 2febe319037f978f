package org.trackerreports.findmy.login;

import com.fasterxml.jackson.databind.ObjectMapper;
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
        JsonAnswer ways = JsonAnswer.of(answer);
        Optional<JsonAnswer.ServiceError> error = ways.error();
        if (error.isPresent()) {
            return LoginAnswers.refusal(error.get().code(), error.get().message());
        }
        List<Sms> phones = ways.phones();
        List<SecondFactorMethod> methods = new ArrayList<>(phones);
        if (devicesCanShowCodes && !(ways.hasNoDevices() && !phones.isEmpty())) {
            methods.add(0, new TrustedDevice());
        }
        if (methods.isEmpty()) {
            return ways.readable()
                    ? new LoginOutcome.NoWayToSendCode()
                    : new LoginOutcome.Unreadable("the list of ways to get a code cannot be read");
        }
        PendingLogin pending = new PendingLogin(accountName, identity, identityToken, methods, Optional.empty());
        boolean sent = answer.status() == CODE_ALREADY_SENT && !phones.isEmpty();
        return new LoginOutcome.SecondFactorNeeded(sent ? pending.withCodeSentBy(phones.get(0)) : pending);
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
        return LoginAnswers.codeRefusal(pending, answer, false)
                .orElseGet(() -> new LoginOutcome.SecondFactorNeeded(pending.withCodeSentBy(method)));
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
        return LoginAnswers.codeRefusal(pending, answer, true);
    }

    private Optional<LoginOutcome> enterDeviceCode(PendingLogin pending, String code)
            throws AnisetteException, CallFailedException {
        Map<String, String> headers = headers(pending.identity(), pending.identityToken(), PLIST);
        headers.put("security-code", code);
        HttpAnswer answer = HttpAnswer.of(() -> api.validateDeviceCode(headers));
        return LoginAnswers.codeRefusal(pending, answer, true);
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
