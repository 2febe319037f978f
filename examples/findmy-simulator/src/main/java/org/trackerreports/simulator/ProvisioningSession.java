package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation in which an anisette server (v3) provisions a machine for a client. The server speaks first and waits three
 * seconds for each answer.
 *
 * <p>Public only because Jetty calls it by reflection; no part of the API. Jetty's threads and the timer's take turns.
 */
public final class ProvisioningSession extends Session.Listener.AbstractAutoDemanding {
    private static final Logger LOG = LoggerFactory.getLogger(ProvisioningSession.class);
    private static final int TIMEOUT_SECONDS = 3;

    private final Anisette anisette;
    private final Scheduler scheduler;
    private Scheduler.@Nullable Task timeout;
    private Step step = Step.IDENTIFIER;
    private String identifier = "";

    ProvisioningSession(Anisette anisette, Scheduler scheduler) {
        this.anisette = anisette;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        ask(result("GiveIdentifier"));
    }

    @Override
    public synchronized void onWebSocketText(String message) {
        cancelTimeout();
        JsonNode answer = Json.parse(message.getBytes(StandardCharsets.UTF_8)).orElse(MissingNode.getInstance());
        switch (step) {
            case IDENTIFIER -> takeIdentifier(answer);
            case START -> takeStartData(answer);
            case END -> takeEndData(answer);
            case DONE -> LOG.debug("A client spoke after the end of its provisioning.");
        }
    }

    @Override
    public synchronized void onWebSocketClose(int statusCode, String reason, Callback callback) {
        cancelTimeout();
        step = Step.DONE;
        callback.succeed();
    }

    private void takeIdentifier(JsonNode answer) {
        identifier = answer.path("identifier").asText();
        if (!Anisette.isIdentifier(identifier)) {
            fail("InvalidIdentifier", "identifier is not base64 of 16 bytes");
            return;
        }
        step = Step.START;
        ask(result("GiveStartProvisioningData"));
    }

    private void takeStartData(JsonNode answer) {
        Optional<String> cpim =
                anisette.provisioning().answer(answer.path("spim").asText());
        if (cpim.isEmpty()) {
            fail("StartProvisioningError", "spim is not of the login service, or was used before");
            return;
        }
        step = Step.END;
        ask(result("GiveEndProvisioningData").put("cpim", cpim.get()));
    }

    private void takeEndData(JsonNode answer) {
        Provisioning.Ending ending = new Provisioning.Ending(
                answer.path("ptm").asText(), answer.path("tk").asText());
        if (!anisette.provisioning().finish(ending)) {
            fail("EndProvisioningError", "ptm and tk are not of the login service, or were used before");
            return;
        }
        end(result("ProvisioningSuccess").put("adi_pb", anisette.provisionFor(identifier)));
    }

    private void ask(ObjectNode question) {
        timeout = scheduler.schedule(this::timeOut, TIMEOUT_SECONDS, TimeUnit.SECONDS);
        getSession().sendText(question.toString(), Callback.NOOP);
    }

    private void cancelTimeout() {
        Scheduler.Task running = timeout;
        if (running != null) {
            running.cancel();
        }
    }

    private synchronized void timeOut() {
        if (step != Step.DONE) {
            fail("Timeout", "no answer within " + TIMEOUT_SECONDS + " s");
        }
    }

    private void fail(String result, String reason) {
        LOG.warn("Refused to provision a machine with {}: {}.", result, reason);
        end(result(result).put("message", reason));
    }

    private void end(ObjectNode lastWord) {
        step = Step.DONE;
        Session session = getSession();
        session.sendText(lastWord.toString(), Callback.from(() -> session.close(), failure -> session.disconnect()));
    }

    private static ObjectNode result(String result) {
        return Json.object().put("result", result);
    }

    private enum Step {
        IDENTIFIER,
        START,
        END,
        DONE
    }
}
