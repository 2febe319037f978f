package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.trackerreports.core.signin.SignInHold;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.core.signin.SignInStep.CodeSent;
import org.trackerreports.core.signin.SignInStep.Failed;
import org.trackerreports.core.signin.SignInStep.HeldBack;
import org.trackerreports.core.signin.SignInStep.KeptElsewhere;
import org.trackerreports.core.signin.SignInStep.SignedIn;
import org.trackerreports.core.signin.SignInStep.WayNeeded;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;

/** Where a sign-in is, as JSON: {@code step}, {@code message}, and what that step needs. No secret is in it. */
final class SignInJson {

    private SignInJson() {}

    static ObjectNode of(SignInSession session, SignInStep step) {
        ObjectNode json = Json.object()
                .put("id", session.waits() ? session.id() : null)
                .put("account", session.alias())
                .put("step", step.kind().name().toLowerCase(Locale.ROOT));
        return switch (step.kind()) {
            case WAY_NEEDED ->
                ways(
                        json.put("in_place_of_another", ((WayNeeded) step).inPlaceOfAnother()),
                        ((WayNeeded) step).pending());
            case CODE_SENT -> ways(json.put("earlier", ((CodeSent) step).earlier()), ((CodeSent) step).pending());
            case SIGNED_IN ->
                json.put("paused", ((SignedIn) step).paused())
                        .put(
                                "message",
                                "Account " + session.alias() + " is signed in"
                                        + (((SignedIn) step).paused() ? ", but a person paused it." : "."));
            case FAILED -> failed(json, (Failed) step);
            case HELD_BACK -> held(json, ((HeldBack) step).hold());
            case KEPT_ELSEWHERE ->
                json.put("other_account", ((KeptElsewhere) step).alias())
                        .put(
                                "message",
                                "This Apple account is already here, as account " + ((KeptElsewhere) step).alias()
                                        + "; under a second name it could not make more requests. Nothing was saved.");
            case OUTDATED ->
                json.put(
                        "message",
                        "The account was changed by another program meanwhile; nothing was saved. Try again.");
        };
    }

    private static ObjectNode ways(ObjectNode json, PendingLogin pending) {
        json.put("message", new LoginOutcome.SecondFactorNeeded(pending).message());
        List<SecondFactorMethod> methods = pending.methods();
        ArrayNode ways = json.putArray("ways");
        for (int number = 1; number <= methods.size(); number++) {
            SecondFactorMethod method = methods.get(number - 1);
            ObjectNode way = ways.addObject()
                    .put("way", Integer.toString(number))
                    .put("kind", method instanceof Sms ? "sms" : "trusted_device")
                    .put("description", method.description());
            if (method instanceof Sms sms) {
                way.put("number", sms.obfuscatedNumber());
            }
            if (pending.codeSentBy().filter(method::equals).isPresent()) {
                json.put("sent_by", Integer.toString(number));
            }
        }
        return json;
    }

    private static ObjectNode failed(ObjectNode json, Failed failed) {
        failed.triesLeft().ifPresent(left -> json.put("tries_left", left));
        return json.put("reason", failed.outcome().kind().name().toLowerCase(Locale.ROOT))
                .put("waiting_helps", failed.outcome().waitingHelps())
                .put("message", failed.outcome().message());
    }

    private static ObjectNode held(ObjectNode json, SignInHold hold) {
        return json.put("reason", hold.limit().name().toLowerCase(Locale.ROOT))
                .put("message", hold.sentence() + " Nothing was sent.")
                .put("until", hold.until().toString());
    }
}
