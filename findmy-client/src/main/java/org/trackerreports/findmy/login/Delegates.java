package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.internal.BasicAuthorization;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;

/** The last step: exchanges the password-equivalent token of a sign-in for the token of the report service. Source: section 4.10 of the protocol page. */
record Delegates(SetupApi api, AnisetteProvider anisette, ClientInfo clientInfo, Clock clock) {

    private static final String MOBILE_ME = "com.apple.mobileme";
    private static final int UNAUTHORIZED = 401;

    LoginOutcome session(String accountName, DeviceIdentity identity, String adsid, String token)
            throws AnisetteException {
        AnisetteData data = anisette.current();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/x-xml-plist");
        headers.put("Authorization", BasicAuthorization.header(accountName, token));
        headers.put("X-Apple-ADSID", adsid);
        headers.put("User-Agent", "com.apple.iCloudHelper/282 CFNetwork/1408.0.4 Darwin/22.5.0");
        headers.put("X-Mme-Client-Info", clientInfo.delegates());
        headers.putAll(identity.headers(data, clock.instant()));
        byte[] body = Plists.write(Map.of(
                "apple-id",
                accountName,
                "client-id",
                identity.userId().toString(),
                "delegates",
                Map.of(MOBILE_ME, Map.of()),
                "password",
                token));
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(() -> api.delegates(headers, body));
        } catch (CallFailedException e) {
            return new LoginOutcome.ServiceUnavailable(e.getMessage());
        }
        Optional<NSDictionary> plist = Plists.readDictionary(answer.body());
        if (!answer.successful() && plist.isEmpty()) {
            return answer.status() == UNAUTHORIZED
                    ? new LoginOutcome.Refused(UNAUTHORIZED, "the delegates call did not accept the fresh sign-in")
                    : LoginAnswers.httpFailure(answer);
        }
        return plist.map(found -> read(found, accountName, identity, data))
                .orElse(new LoginOutcome.Unreadable("the delegates call gave no property list"));
    }

    private LoginOutcome read(NSDictionary plist, String accountName, DeviceIdentity identity, AnisetteData data) {
        Optional<String> error = Plists.text(plist, "localizedError");
        if (error.isPresent()) {
            String detail = error.get()
                    + Plists.text(plist, "description").map(text -> ": " + text).orElse("");
            // Others pass: an expired token, a service that is out of order, or what is not known.
            return error.get().toUpperCase(Locale.ROOT).contains("TERMS")
                    ? new LoginOutcome.TermsToAccept(detail)
                    : new LoginOutcome.Refused(Plists.number(plist, "status").orElse(UNAUTHORIZED), detail);
        }
        Optional<LoginOutcome> refusal = LoginAnswers.refusal(plist);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<NSDictionary> delegate =
                Plists.dictionary(plist, "delegates").flatMap(all -> Plists.dictionary(all, MOBILE_ME));
        for (NSDictionary level : delegate.map(found -> List.of(found, plist)).orElse(List.of(plist))) {
            long status = Plists.number(level, "status").orElse(0);
            if (status != 0) {
                String message = Plists.text(level, "status-message").orElse("status " + status);
                return message.startsWith("Account limit")
                        ? new LoginOutcome.AccountLimit(message)
                        : new LoginOutcome.ServiceUnavailable(message);
            }
        }
        Optional<String> token = delegate.flatMap(found -> Plists.dictionary(found, "service-data"))
                .flatMap(service -> Plists.dictionary(service, "tokens"))
                .flatMap(tokens -> Plists.text(tokens, "searchPartyToken"));
        Optional<String> dsid = Plists.text(plist, "dsid");
        if (token.isEmpty() || dsid.isEmpty()) {
            return new LoginOutcome.Unreadable("the delegates call gave no search-party token");
        }
        return new LoginOutcome.LoggedIn(new Session(
                accountName, dsid.get(), token.get(), identity, data.machineFingerprint(), clock.instant()));
    }
}
