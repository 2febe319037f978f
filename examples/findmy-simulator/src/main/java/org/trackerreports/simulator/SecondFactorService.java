package org.trackerreports.simulator;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The second factor: codes on trusted devices and by text message. A right code makes the machine trusted. */
final class SecondFactorService {
    private final Backend backend;

    SecondFactorService(Backend backend) {
        this.backend = backend;
    }

    /** {@code GET /auth}: which ways there are, as a page or as JSON. */
    Reply ways(Call call) {
        Account account = identified(call);
        boolean sent = account.setup().codeOnPage()
                && account.setup().phoneNumbers() > 0
                && account.setup().condition() != AccountCondition.SMS_UNAVAILABLE;
        if (sent) {
            send(account, 1);
        }
        String accept = call.header("Accept");
        ObjectNode verification = verification(account);
        AccountCondition condition = account.setup().condition();
        boolean nested = condition == AccountCondition.AUTH_PAGE_NESTED;
        if (accept != null
                && accept.contains("application/json")
                && !nested
                && condition != AccountCondition.AUTH_PAGE) {
            return Reply.json(sent ? 201 : 200, Json.bytes(verification));
        }
        String page = nested ? nestedPage(account, verification) : page(verification);
        return new Reply(sent ? 201 : 200, "text/html;charset=UTF-8", Map.of(), page.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(ObjectNode verification) {
        ObjectNode direct = Json.object();
        direct.put("authenticationType", "hsa2");
        direct.set("phoneNumberVerification", verification);
        return "<!DOCTYPE html>\n<html>\n<head><title>Verification</title></head>\n<body>\n"
                + "<script type=\"application/json\" class=\"boot_args\">\n"
                + Json.object().set("direct", direct)
                + "\n</script>\n</body>\n</html>\n";
    }

    /** The page of the web's sign-in, as the clients for iCloud read it. */
    private static String nestedPage(Account account, ObjectNode verification) {
        ObjectNode direct = Json.object();
        direct.put("authUserType", "hsa2");
        direct.put("hasTrustedDevices", account.setup().secondFactor() == SecondFactor.TRUSTED_DEVICE);
        direct.putObject("twoSV").set("phoneNumberVerification", verification);
        return "\n<!doctype html>\n<HTML lang=\"en\"><head><script>if (1 < 2) { window.boot = 1 }</script></head><body>"
                + "<script class='boot_args' type='application/json'>{\"additional\":{}}</script>\n"
                + "<SCRIPT CLASS=\"boot_args\" type=\"application/json\">"
                + Json.object().set("direct", direct)
                + "</SCRIPT></body></HTML>";
    }

    /** {@code GET /auth/verify/trusteddevice}: shows a code on the user's devices. */
    Reply pushToDevices(Call call) {
        Account account = identified(call);
        if (account.setup().secondFactor() == SecondFactor.TRUSTED_DEVICE) {
            send(account, 0);
        }
        return Reply.plist(Plists.print(new NSDictionary()));
    }

    /** {@code GET /grandslam/GsService2/validate}: takes the code from a device. */
    Reply validate(Call call) {
        Account account = identified(call);
        return switch (account.check(
                call.header("security-code"), 0, backend.clock().instant())) {
            case RIGHT -> {
                account.trust(ClientChecks.machine(call::header));
                yield tokens(account, Reply.plist(Plists.print(Plists.of("ec", 0, "em", ""))));
            }
            case WRONG ->
                throw new RefusedRequest(
                        Reply.plist(Plists.print(Plists.of("ec", -21669, "em", "Incorrect verification code."))),
                        "the code is not the one shown last on a trusted device, or too old (ec -21669)");
            case TOO_MANY_TRIED ->
                throw new RefusedRequest(
                        Reply.plist(Plists.print(Plists.of(
                                "ec",
                                -22982,
                                "em",
                                "Too many verification codes have been entered. Try again later."))),
                        "too many wrong codes (ec -22982)");
        };
    }

    /** {@code PUT /auth/verify/phone}: sends a text message. */
    Reply sendMessage(Call call) {
        Account account = identified(call);
        int phone = requirePhone(account, jsonBody(call));
        if (account.setup().condition() == AccountCondition.SMS_UNAVAILABLE) {
            throw new RefusedRequest(
                    serviceError(
                            account,
                            500,
                            -28248,
                            "Verification codes can't be sent to this phone number at this time."),
                    "text messages are unavailable for this account (-28248)");
        }
        send(account, phone);
        return Reply.json(200, Json.bytes(verification(account)));
    }

    /** {@code POST /auth/verify/phone/securitycode}: takes the code from a text message. */
    Reply takeMessageCode(Call call) {
        Account account = identified(call);
        JsonNode body = jsonBody(call);
        int phone = requirePhone(account, body);
        String code = body.path("securityCode").path("code").asText("");
        return switch (account.check(code, phone, backend.clock().instant())) {
            case RIGHT -> {
                account.trust(ClientChecks.machine(call::header));
                yield tokens(account, Reply.json(200, Json.bytes(verification(account))))
                        .with("X-Apple-DSID", account.dsid());
            }
            case WRONG ->
                throw new RefusedRequest(
                        serviceError(account, 400, -21669, "Incorrect verification code."),
                        "the code is not the one sent last to this phone number, or too old (-21669)");
            case TOO_MANY_TRIED ->
                throw new RefusedRequest(
                        serviceError(
                                account,
                                423,
                                -22982,
                                "Too many verification codes have been entered. Try again later."),
                        "too many wrong codes (-22982)");
        };
    }

    private Account identified(Call call) {
        Account account = claimed(call);
        call.noteAccount(Accounts.normalized(account.setup().appleId()));
        call.proceed();
        backend.checks().requireClientInfo(call, SecondFactorService::unauthorized);
        backend.checks().requireAnisette(call, SecondFactorService::unauthorized);
        MachineIdentity machine = account.machineOfIdentityToken(identityToken(call)[1])
                .orElseThrow(() -> unauthorized("the token in X-Apple-Identity-Token was not issued by a login"));
        if (!machine.equals(ClientChecks.machine(call::header))) {
            throw unauthorized("X-Apple-I-MD-M or X-Mme-Device-Id differ from those of the login before");
        }
        return account;
    }

    private Account claimed(Call call) {
        return backend.accounts()
                .findByAdsid(identityToken(call)[0])
                .orElseThrow(() ->
                        unauthorized("X-Apple-Identity-Token is missing or not base64 of adsid:token of an account"));
    }

    private static String[] identityToken(Call call) {
        String header = call.header("X-Apple-Identity-Token");
        String[] parts = (header == null ? "" : decoded(header)).split(":", 2);
        return parts.length == 2 ? parts : new String[] {"", ""};
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static JsonNode jsonBody(Call call) {
        if (!call.hasContentType("application/json")) {
            throw new RefusedRequest(Reply.empty(415), "the content type is not application/json");
        }
        return Json.parse(call.body()).orElseThrow(() -> new RefusedRequest(Reply.empty(400), "the body is not JSON"));
    }

    private static int requirePhone(Account account, JsonNode body) {
        int id = body.path("phoneNumber").path("id").asInt(-1);
        if (id < 1 || id > account.setup().phoneNumbers()) {
            throw new RefusedRequest(
                    serviceError(account, 400, -28050, "The phone number is not known."),
                    "phoneNumber.id is not one of the account's numbers");
        }
        if (!"sms".equals(body.path("mode").asText())) {
            throw new RefusedRequest(serviceError(account, 400, -28051, "The mode is not known."), "mode is not sms");
        }
        return id;
    }

    private void send(Account account, int phone) {
        account.send(new Account.Code(
                backend.secrets().freshCode(), phone, backend.clock().instant()));
    }

    private Reply tokens(Account account, Reply reply) {
        String pet = backend.secrets().freshBase64("pet", 60);
        account.addPet(pet, backend.clock().instant());
        String header = account.adsid() + ":" + pet + ":" + Account.PET_LIFETIME.toSeconds();
        return reply.with(
                "X-Apple-PE-Token", Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode verification(Account account) {
        ObjectNode result = Json.object();
        ArrayNode numbers = result.putArray("trustedPhoneNumbers");
        for (int id = 1; id <= account.setup().phoneNumbers(); id++) {
            numbers.add(phone(id));
        }
        if (account.setup().phoneNumbers() > 0) {
            result.set("trustedPhoneNumber", phone(1));
        }
        result.putObject("securityCode")
                .put("length", 6)
                .put("tooManyCodesSent", false)
                .put("tooManyCodesValidated", false)
                .put("securityCodeLocked", false)
                .put("securityCodeCooldown", false);
        return result.put("mode", "sms").put("type", "verification").put("authenticationType", "hsa2");
    }

    private static ObjectNode phone(int id) {
        String end = String.format("%02d", 47 + id);
        return Json.object()
                .put("id", id)
                .put("numberWithDialCode", "+49 ••• •••••" + end)
                .put("obfuscatedNumber", "••• •••••" + end)
                .put("lastTwoDigits", end)
                .put("pushMode", "sms");
    }

    private static Reply serviceError(Account account, int status, int code, String message) {
        AccountCondition condition = account.setup().condition();
        boolean underscored = condition == AccountCondition.UNDERSCORED_ERRORS;
        ObjectNode body = Json.object();
        ObjectNode error =
                body.putArray(underscored ? "service_errors" : "serviceErrors").addObject();
        if (underscored) {
            error.put("code", code);
        } else {
            error.put("code", Integer.toString(code));
        }
        error.put("title", "Verification Failed").put("message", message);
        return Reply.json(
                condition == AccountCondition.ERRORS_WITH_200 ? 200 : status, Json.bytes(body.put("hasError", true)));
    }

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(Reply.empty(401), reason);
    }
}
