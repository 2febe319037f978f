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
            send(account, true);
        }
        String accept = call.header("Accept");
        ObjectNode verification = verification(account);
        if (accept != null && accept.contains("application/json")) {
            return Reply.json(sent ? 201 : 200, Json.bytes(verification));
        }
        ObjectNode direct = Json.object();
        direct.put("authenticationType", "hsa2");
        direct.set("phoneNumberVerification", verification);
        String page = "<!DOCTYPE html>\n<html>\n<head><title>Verification</title></head>\n<body>\n"
                + "<script type=\"application/json\" class=\"boot_args\">\n"
                + Json.object().set("direct", direct)
                + "\n</script>\n</body>\n</html>\n";
        return new Reply(sent ? 201 : 200, "text/html;charset=UTF-8", Map.of(), page.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET /auth/verify/trusteddevice}: shows a code on the user's devices. */
    Reply pushToDevices(Call call) {
        Account account = identified(call);
        if (account.setup().secondFactor() == SecondFactor.TRUSTED_DEVICE) {
            send(account, false);
        }
        return Reply.plist(Plists.print(new NSDictionary()));
    }

    /** {@code GET /grandslam/GsService2/validate}: takes the code from a device. */
    Reply validate(Call call) {
        Account account = identified(call);
        return switch (account.check(
                call.header("security-code"), false, backend.clock().instant())) {
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
        requirePhone(account, jsonBody(call));
        if (account.setup().condition() == AccountCondition.SMS_UNAVAILABLE) {
            throw new RefusedRequest(
                    serviceError(500, -28248, "Verification codes can't be sent to this phone number at this time."),
                    "text messages are unavailable for this account (-28248)");
        }
        send(account, true);
        return Reply.json(200, Json.bytes(verification(account)));
    }

    /** {@code POST /auth/verify/phone/securitycode}: takes the code from a text message. */
    Reply takeMessageCode(Call call) {
        Account account = identified(call);
        JsonNode body = jsonBody(call);
        requirePhone(account, body);
        String code = body.path("securityCode").path("code").asText("");
        return switch (account.check(code, true, backend.clock().instant())) {
            case RIGHT -> {
                account.trust(ClientChecks.machine(call::header));
                yield tokens(account, Reply.json(200, Json.bytes(verification(account))))
                        .with("X-Apple-DSID", account.dsid());
            }
            case WRONG ->
                throw new RefusedRequest(
                        serviceError(400, -21669, "Incorrect verification code."),
                        "the code is not the one sent last by text message, or too old (-21669)");
            case TOO_MANY_TRIED ->
                throw new RefusedRequest(
                        serviceError(423, -22982, "Too many verification codes have been entered. Try again later."),
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

    private static void requirePhone(Account account, JsonNode body) {
        int id = body.path("phoneNumber").path("id").asInt(-1);
        if (id < 1 || id > account.setup().phoneNumbers()) {
            throw new RefusedRequest(
                    serviceError(400, -28050, "The phone number is not known."),
                    "phoneNumber.id is not one of the account's numbers");
        }
        if (!"sms".equals(body.path("mode").asText())) {
            throw new RefusedRequest(serviceError(400, -28051, "The mode is not known."), "mode is not sms");
        }
    }

    private void send(Account account, boolean bySms) {
        account.send(new Account.Code(
                backend.secrets().freshCode(), bySms, backend.clock().instant()));
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

    private static Reply serviceError(int status, int code, String message) {
        ObjectNode body = Json.object();
        body.putArray("serviceErrors")
                .addObject()
                .put("code", Integer.toString(code))
                .put("title", "Verification Failed")
                .put("message", message);
        return Reply.json(status, Json.bytes(body.put("hasError", true)));
    }

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(Reply.empty(401), reason);
    }
}
