package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.simulator.PlainClient.dict;
import static org.trackerreports.simulator.PlainClient.errorCode;
import static org.trackerreports.simulator.PlainClient.json;
import static org.trackerreports.simulator.PlainClient.plist;
import static org.trackerreports.simulator.PlainClient.response;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.testsupport.MovableClock;

class LoginTest {
    private static final String ID = "Owner@Example.com";
    private static final String PASSWORD = "correct horse battery staple ü";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Simulator simulator;
    private PlainClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
        client = new PlainClient(simulator, clock);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void account(SimulatedAccount account) {
        simulator.accounts().add(account);
    }

    private static SimulatedAccount plain() {
        return SimulatedAccount.of(ID.toLowerCase(Locale.ROOT), PASSWORD);
    }

    private String lastRefusal() {
        return simulator.requests().recent().stream()
                .map(LoggedRequest::refusal)
                .filter(r -> !r.isEmpty())
                .reduce("", (first, second) -> second);
    }

    @Test
    void logsInWithBothPasswordProtocolsAndOpensASession() {
        for (PasswordProtocol protocol : PasswordProtocol.values()) {
            String id = protocol.name().toLowerCase(Locale.ROOT) + "@example.com";
            account(SimulatedAccount.of(id, PASSWORD).with(protocol));
            PlainClient.Login login = client.login(id, PASSWORD);
            assertThat(login.errorCode()).isZero();
            assertThat(login.au()).isEmpty();
            assertThat(login.spd().get("acname")).hasToString(id);
            assertThat(login.spd().get("DsPrsId"))
                    .hasToString(simulator.accounts().dsid(id));
            NSDictionary delegates = client.delegates(id, login);
            assertThat(delegates.get("dsid")).hasToString(simulator.accounts().dsid(id));
            assertThat(client.fetch(client.session(id, PASSWORD), List.of()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersWrongNamesAndPasswordsAndLockedAccountsWithTheirCodes() {
        account(plain());
        assertThat(client.login("nobody@example.com", PASSWORD).errorCode()).isEqualTo(-20101);
        assertThat(client.login(ID, "wrong").errorCode()).isEqualTo(-22406);
        assertThat(lastRefusal()).contains("M1 is wrong");
        simulator.accounts().change(ID, a -> a.with(AccountCondition.LOCKED));
        assertThat(client.login(ID, PASSWORD).errorCode()).isEqualTo(-20209);
    }

    @Test
    void refusesARightPasswordInTheConditionsSeenInTheField() {
        account(plain());
        Map<AccountCondition, Integer> numbers = Map.of(
                AccountCondition.TRY_LATER, -36607,
                AccountCondition.CANNOT_COMPLETE_NOW, -22411,
                AccountCondition.VERIFICATION_FAILED, -20751,
                AccountCondition.NAME_OR_PASSWORD, -20101,
                AccountCondition.REFUSED_AFTER_CODE, -22406);
        numbers.forEach((condition, number) -> {
            simulator.accounts().change(ID, a -> a.with(condition));
            assertThat(client.login(ID, PASSWORD).errorCode())
                    .as("%s", condition)
                    .isEqualTo(number);
        });
    }

    @Test
    void aChangedPasswordIsNeededFromThenOn() {
        account(plain());
        simulator.accounts().change(ID, a -> a.withPassword("new"));
        assertThat(client.login(ID, PASSWORD).errorCode()).isEqualTo(-22406);
        assertThat(client.login(ID, "new").errorCode()).isZero();
    }

    @Test
    void blocksTheClientInformationOfXcodeWithASmallPage() {
        client.clientInfo = AnisetteService.CLIENT_INFO;
        HttpResponse<byte[]> reply = client.gsaRaw(dict("o", "init"));
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("text/html"));
        assertThat(reply.body().length).isBetween(100, 300);
        assertThat(lastRefusal()).contains("com.apple.dt.Xcode");
    }

    @Test
    void checksTheShapeOfALogin() {
        account(plain());
        assertThat(client.gsaRaw(dict("o", "else")).statusCode()).isEqualTo(404);
        assertThat(errorCode(response(plist(client.gsaRaw(dict("o", "init", "u", ID))))))
                .isEqualTo(-80009);
        assertThat(errorCode(response(client.gsa(dict("o", "init", "u", ID, "A2k", new byte[256])))))
                .isEqualTo(-36607);
        assertThat(lastRefusal()).contains("A2k");
        assertThat(errorCode(response(
                        client.gsa(dict("o", "init", "u", ID, "A2k", new byte[] {1}, "ps", new String[] {"s2k_fo"})))))
                .isEqualTo(-36607);
        assertThat(lastRefusal()).contains("ps does not offer s2k");
        assertThat(errorCode(response(client.gsa(dict("o", "complete", "u", ID, "c", "?", "M1", new byte[32])))))
                .isEqualTo(-36607);
        HttpResponse<byte[]> garbage = client.send(client.request(simulator.gsaUrl(), "/grandslam/GsService2")
                .header("Content-Type", "text/x-xml-plist")
                .header("X-MMe-Client-Info", PlainClient.AKD)
                .POST(BodyPublishers.ofString("garbage"))
                .build());
        assertThat(garbage.statusCode()).isEqualTo(401);
        assertThat(lastRefusal()).contains("not an XML property list");
    }

    @Test
    void checksTheAnisetteHeadersOfALogin() {
        account(plain());
        client.anisetteOverrides.put("X-Apple-I-MD-LU", "somebody");
        assertThat(client.login(ID, PASSWORD).errorCode()).isEqualTo(-22421);
        assertThat(lastRefusal()).contains("X-Apple-I-MD-LU");
        client.anisetteOverrides.clear();
        client.anisetteOverrides.put(
                "X-Apple-I-MD", client.anisetteReply().get("X-Apple-I-MD").asText());
        clock.advance(Duration.ofMinutes(3));
        assertThat(client.login(ID, PASSWORD).errorCode()).isEqualTo(-22421);
        assertThat(lastRefusal()).contains("stale");
        client.anisetteOverrides.clear();
        client.anisetteOverrides.put("X-Apple-I-Client-Time", "2026-03-01T12:03:00+00:00Z");
        assertThat(client.login(ID, PASSWORD).errorCode()).isZero();
        client.anisetteOverrides.put("X-Apple-I-Client-Time", "2026-03-01T14:03:00Z");
        assertThat(client.login(ID, PASSWORD).errorCode()).isEqualTo(-22421);
        assertThat(lastRefusal()).contains("off by");
    }

    /** Signs in, and checks that the service demands a further step instead of giving tokens. */
    private PlainClient.Login loginWithoutTokens(String furtherStep) {
        PlainClient.Login login = client.login(ID, PASSWORD);
        assertThat(login.au()).isEqualTo(furtherStep);
        assertThat(login.pet()).isEmpty();
        return login;
    }

    @Test
    void aMessageCodeMakesTheMachineTrusted() {
        account(plain().with(SecondFactor.SMS));
        PlainClient.Login login = loginWithoutTokens("secondaryAuth");

        HttpResponse<byte[]> page = client.send(client.secondFactor(login, "/auth")
                .header("Accept", "*/*")
                .GET()
                .build());
        assertThat(page.statusCode()).isEqualTo(200);
        String html = new String(page.body(), StandardCharsets.UTF_8);
        String script = html.substring(html.indexOf("class=\"boot_args\">") + 18, html.indexOf("</script>"));
        JsonNode numbers = Json.parse(script.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .at("/direct/phoneNumberVerification/trustedPhoneNumbers");
        assertThat(numbers).hasSize(1);
        assertThat(json(client.send(client.secondFactor(login, "/auth")
                                .header("Accept", "application/json")
                                .GET()
                                .build()))
                        .get("trustedPhoneNumbers"))
                .isEqualTo(numbers);
        assertThat(simulator.accounts().lastCode(ID)).isEmpty();

        assertThat(message(login, 1).statusCode()).isEqualTo(200);
        String code = simulator.accounts().lastCode(ID).orElseThrow();
        HttpResponse<byte[]> wrong = messageCode(login, code.equals("000000") ? "111111" : "000000");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).at("/serviceErrors/0/code").asText()).isEqualTo("-21669");
        assertThat(validate(login, code)).isEqualTo(-21669);
        HttpResponse<byte[]> right = messageCode(login, code);
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.headers().firstValue("X-Apple-DSID"))
                .hasValue(simulator.accounts().dsid(ID));

        assertThat(client.login(ID, PASSWORD).au()).isEmpty();
        client.deviceId = "00000000-43F4-4D8A-BE4B-607175E40C62";
        assertThat(client.login(ID, PASSWORD).au()).isEqualTo("secondaryAuth");
    }

    @Test
    void aTrustedDevicesCodeMakesTheMachineTrustedUntilItIsForgottenOrProvisionedAnew() {
        account(plain().with(SecondFactor.TRUSTED_DEVICE));
        PlainClient.Login login = client.login(ID, PASSWORD);
        assertThat(login.au()).isEqualTo("trustedDeviceSecondaryAuth");
        assertThat(validate(login, "000000")).isEqualTo(-21669);
        assertThat(client.send(client.secondFactor(login, "/auth/verify/trusteddevice")
                                .GET()
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(validate(login, simulator.accounts().lastCode(ID).orElseThrow()))
                .isZero();
        assertThat(client.login(ID, PASSWORD).au()).isEmpty();
        simulator.accounts().forgetTrust(ID);
        assertThat(client.login(ID, PASSWORD).au()).isEqualTo("trustedDeviceSecondaryAuth");
        simulator.reprovisionAnisette();
        assertThat(client.login(ID, PASSWORD).au()).isEqualTo("trustedDeviceSecondaryAuth");
    }

    @Test
    void theSecondFactorKnowsItsTroubles() {
        account(plain().with(SecondFactor.SMS).withPhoneNumbers(2, true));
        PlainClient.Login login = client.login(ID, PASSWORD);
        assertThat(client.send(client.secondFactor(login, "/auth").GET().build())
                        .statusCode())
                .isEqualTo(201);
        assertThat(simulator.accounts().lastCode(ID)).isPresent();
        assertThat(message(login, 3).statusCode()).isEqualTo(400);

        HttpResponse<byte[]> noToken =
                client.send(client.request(simulator.gsaUrl(), "/auth").GET().build());
        assertThat(noToken.statusCode()).isEqualTo(401);

        simulator.accounts().change(ID, a -> a.with(AccountCondition.SMS_UNAVAILABLE));
        HttpResponse<byte[]> unavailable = message(login, 1);
        assertThat(unavailable.statusCode()).isEqualTo(500);
        assertThat(json(unavailable).at("/serviceErrors/0/code").asText()).isEqualTo("-28248");

        for (int i = 0; i < 5; i++) {
            assertThat(messageCode(login, "wrong!").statusCode()).isEqualTo(400);
        }
        assertThat(json(messageCode(login, "wrong!"))
                        .at("/serviceErrors/0/code")
                        .asText())
                .isEqualTo("-22982");
    }

    @Test
    void aSecondFactorLoopNeverEnds() {
        account(plain().with(SecondFactor.TRUSTED_DEVICE).with(AccountCondition.SECOND_FACTOR_LOOP));
        PlainClient.Login login = client.login(ID, PASSWORD);
        client.send(
                client.secondFactor(login, "/auth/verify/trusteddevice").GET().build());
        assertThat(validate(login, simulator.accounts().lastCode(ID).orElseThrow()))
                .isZero();
        assertThat(client.login(ID, PASSWORD).au()).isEqualTo("trustedDeviceSecondaryAuth");
    }

    @Test
    void aCodeThatAFaultSwallowedIsStillToBeEntered() {
        account(plain().with(SecondFactor.SMS));
        PlainClient.Login login = client.login(ID, PASSWORD);
        message(login, 1);
        String code = simulator.accounts().lastCode(ID).orElseThrow();
        simulator.faults().add(Fault.once(Service.GSA, FaultKind.UNAVAILABLE).forAccount(ID));
        assertThat(messageCode(login, code).statusCode()).isEqualTo(503);
        assertThat(client.login(ID, PASSWORD).au()).isEqualTo("secondaryAuth");
        assertThat(messageCode(login, code).statusCode()).isEqualTo(200);
        assertThat(client.login(ID, PASSWORD).au()).isEmpty();
    }

    @Test
    void theCookieOfALoginIsGoodForOneTry() {
        account(plain());
        assertThat(client.login(ID, PASSWORD).errorCode()).isZero();
        String cookie = client.lastCookie;
        assertThat(errorCode(response(client.gsa(dict("o", "complete", "u", ID, "c", cookie, "M1", new byte[32])))))
                .isEqualTo(-36607);
        assertThat(lastRefusal()).contains("c is unknown, used or too old");
    }

    @Test
    void anAccountInRepairGetsNoTokens() {
        account(plain().with(AccountCondition.REPAIR));
        loginWithoutTokens("repair");
    }

    @Test
    void delegatesRefuseOldTokensAndTroubledAccounts() {
        account(plain());
        PlainClient.Login login = client.login(ID, PASSWORD);
        assertThat(plist(client.delegatesRaw(ID, login, "made up")).get("localizedError"))
                .hasToString("UNAUTHORIZED");
        simulator.accounts().change(ID, a -> a.with(AccountCondition.ACCOUNT_LIMIT));
        assertThat(delegate(client.delegates(ID, login)).get("status-message")).hasToString("Account limit reached.");
        simulator.accounts().change(ID, a -> a.with(AccountCondition.LOW_TRUST));
        assertThat(delegate(client.delegates(ID, login)).get("status-message"))
                .hasToString("A server problem is blocking Apple ID sign in. Try signing in later.");
        simulator.accounts().change(ID, a -> a.with(AccountCondition.TERMS_PENDING));
        assertThat(client.delegates(ID, login).get("localizedError")).isNotNull();
        simulator.accounts().change(ID, a -> a.with(AccountCondition.OK));
        assertThat(delegate(client.delegates(ID, login)).get("service-data")).isNotNull();
        clock.advance(Duration.ofSeconds(300));
        assertThat(client.delegates(ID, login).get("localizedError")).hasToString("UNAUTHORIZED");
        assertThat(lastRefusal()).contains("older than 300 s");
    }

    private static NSDictionary delegate(NSDictionary reply) {
        return (NSDictionary) ((NSDictionary) reply.get("delegates")).get("com.apple.mobileme");
    }

    private HttpResponse<byte[]> message(PlainClient.Login login, int phone) {
        return client.send(client.secondFactor(login, "/auth/verify/phone")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"phoneNumber\":{\"id\":" + phone + "},\"mode\":\"sms\"}"))
                .build());
    }

    private HttpResponse<byte[]> messageCode(PlainClient.Login login, String code) {
        return client.send(client.secondFactor(login, "/auth/verify/phone/securitycode")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"phoneNumber\":{\"id\":1},\"mode\":\"sms\",\"securityCode\":{\"code\":\"" + code + "\"}}"))
                .build());
    }

    private int validate(PlainClient.Login login, String code) {
        NSDictionary reply = plist(client.send(client.secondFactor(login, "/grandslam/GsService2/validate")
                .header("security-code", code)
                .GET()
                .build()));
        return ((NSNumber) reply.get("ec")).intValue();
    }
}
