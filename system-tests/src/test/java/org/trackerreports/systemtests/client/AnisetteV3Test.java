package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.anisette.AnisetteV3Server;
import org.trackerreports.findmy.anisette.MachineProvisioning;
import org.trackerreports.findmy.anisette.ProvisionedMachine;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;

class AnisetteV3Test {

    private static MachineProvisioning provisioning(Services services) {
        return new MachineProvisioning(
                services.simulator.anisetteUrl(),
                services.addresses(),
                services.http(),
                ClientInfo.DEFAULT.signIn(),
                services.clock);
    }

    private static AnisetteV3Server server(Services services, ProvisionedMachine machine) {
        return new AnisetteV3Server(services.simulator.anisetteUrl(), machine, services.http(), services.clock);
    }

    @Test
    void aMachineOfOnesOwnSignsInAndFetches() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            ProvisionedMachine machine = provisioning(services).provision();

            FindMyClient client =
                    services.client().anisette(server(services, machine)).build();
            assertThat(client.login(Services.credentials())).isInstanceOf(LoginOutcome.LoggedIn.class);
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();

            assertThat(services.simulator.requests().recent())
                    .allSatisfy(request ->
                            assertThat(request.refusal()).as(request.path()).isEmpty());
            assertThat(machine.toString()).doesNotContain(machine.provisioningData());
        }
    }

    @Test
    void theMachineStaysTheSameAndIsNotTheSharedOne() throws IOException {
        try (Services services = new Services()) {
            ProvisionedMachine machine = provisioning(services).provision();
            ProvisionedMachine stored = new ProvisionedMachine(machine.identifier(), machine.provisioningData());

            String now = server(services, machine).current().machineFingerprint();
            services.clock.advance(Duration.ofHours(1));
            services.simulator.reprovisionAnisette();

            assertThat(server(services, stored).current().machineFingerprint()).isEqualTo(now);
            assertThat(new AnisetteServer(services.simulator.anisetteUrl(), services.http(), services.clock)
                            .current()
                            .machineFingerprint())
                    .isNotEqualTo(now);
        }
    }

    @Test
    void dataIsAskedForOnceWhileItIsFresh() throws IOException {
        try (Services services = new Services()) {
            AnisetteV3Server server = server(services, provisioning(services).provision());
            services.simulator.requests().clear();
            String first = server.current().oneTimePassword();
            server.current();
            assertThat(services.simulator.requests().count(Service.ANISETTE)).isEqualTo(1);

            services.clock.advance(Duration.ofMinutes(1));
            assertThat(server.current().oneTimePassword()).isNotEqualTo(first);
            assertThat(services.simulator.requests().count(Service.ANISETTE)).isEqualTo(2);
        }
    }

    @Test
    void aMachineThatIsNotProvisionedIsNeverReplacedByItself() {
        try (Services services = new Services()) {
            ProvisionedMachine unknown = new ProvisionedMachine(UUID.randomUUID(), "AAAA");
            assertThatThrownBy(() -> server(services, unknown).current())
                    .isInstanceOf(AnisetteException.class)
                    .hasMessageContaining("-45061")
                    .hasMessageContaining("provision a new machine");
        }
    }

    @Test
    void eachTroubleOfProvisioningIsNamed() {
        assertTrouble(Service.ANISETTE, FaultKind.SERVER_ERROR, "HTTP 500");
        assertTrouble(Service.ANISETTE, FaultKind.HTML_PAGE, "did not answer with JSON");
        assertTrouble(Service.ANISETTE, FaultKind.CONNECTION_RESET, "does not answer");
        assertTrouble(Service.GSA, FaultKind.UNAVAILABLE, "HTTP 503");
        assertTrouble(Service.GSA, FaultKind.HTML_PAGE, "did not answer with a property list");
        assertTrouble(Service.GSA, FaultKind.CONNECTION_RESET, "does not answer");
    }

    private static void assertTrouble(Service service, FaultKind kind, String message) {
        try (Services services = new Services()) {
            services.simulator.faults().add(Fault.always(service, kind));
            assertThatThrownBy(() -> provisioning(services).provision())
                    .as("%s at %s", kind, service)
                    .isInstanceOf(AnisetteException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aServerThatGivesUpInTheMiddleEndsTheProvisioning() {
        try (Services services = new Services()) {
            // The anisette server waits three seconds for the start data, which come later than that.
            services.simulator
                    .faults()
                    .add(Fault.always(Service.GSA, FaultKind.SLOW).withDelay(Duration.ofMillis(3_500)));
            assertThatThrownBy(() -> provisioning(services).provision())
                    .isInstanceOf(AnisetteException.class)
                    .hasMessageContaining("Timeout");
        }
    }
}
