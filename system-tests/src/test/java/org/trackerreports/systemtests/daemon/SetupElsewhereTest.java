package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.simulator.Service;
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.systemtests.daemon.SetupClient.Answered;

/** Where there is no set-up: in a process without the master key, and when the anisette server is away. */
class SetupElsewhereTest extends SetupFixture {

    @Test
    void aProcessWithoutTheMasterKeySaysWhyThereIsNoSetUp() throws Exception {
        startDaemon("move,serve");
        for (Answered absent : new Answered[] {
            setup.get(""),
            setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD),
            setup.delete("/trackers/1?confirm=Bike"),
            setup.delete("/accounts/main")
        }) {
            assertThat(absent.status()).isEqualTo(404);
            assertThat(absent.text("detail")).contains("does not have the role fetch", "no master key");
            assertThat(absent.text("next_step")).contains("roles fetch and serve");
        }
    }

    @Test
    void anAnisetteServerThatIsAwayIsNamedFirst() throws Exception {
        system.with("ANISETTE_SERVER", "http://127.0.0.1:9");
        startDaemon();
        assertThat(setup.stepState("anisette")).isEqualTo("problem");
        Answered refused = setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD);
        assertThat(refused.ok().get("reason").asText()).isEqualTo("anisette_unavailable");
        assertThat(refused.body().get("waiting_helps").asBoolean()).isTrue();
    }

    @Test
    void onlyAdminsSetUpOnceThereIsAToken() throws Exception {
        startDaemon();
        setup.get("").ok();
        SetupClient reader = setup.with(token("reader", TokenScope.READ, Map.of()));
        SetupClient admin = setup.with(token("admin", TokenScope.ADMIN, Map.of()));
        SetupClient adminOfSome = setup.with(token("some", TokenScope.ADMIN, Map.of("client", "acme")));
        for (SetupClient other : List.of(setup, reader, adminOfSome)) {
            assertThat(other.get("").status()).isIn(401, 403);
            assertThat(other.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).status())
                    .isIn(401, 403);
        }
        assertThat(adminOfSome.get("").text("next_step")).isEqualTo("Use a token without labels.");
        assertThat(system.simulator().requests().count(Service.GSA)).isZero();
        assertThat(admin.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD)
                        .ok()
                        .get("step")
                        .asText())
                .isEqualTo("signed_in");
    }

    private String token(String name, TokenScope scope, Map<String, String> labels) {
        AddTokenOutcome added = system.store().tokens().add(new NewToken(name, scope, labels, Optional.empty()));
        return new String(((AddTokenOutcome.Added) added).text().bytes(), StandardCharsets.UTF_8);
    }
}
