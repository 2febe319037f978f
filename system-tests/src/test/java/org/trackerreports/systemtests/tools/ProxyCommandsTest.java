package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** The way to the services leads through a proxy that asks for a password, as in many companies. */
@ExtendWith(WithToolWorld.class)
class ProxyCommandsTest {

    /** printf 'joe:pa@ss' | base64 */
    private static final String AUTHORIZATION = "Basic am9lOnBhQHNz";

    private final ToolWorld world;

    ProxyCommandsTest(ToolWorld world) {
        this.world = world;
    }

    /** The services under a name that no name server knows: only the proxy leads there. */
    private ToolProcess through(PasswordProxy proxy, String userInfo) {
        String address = "http://" + userInfo + "127.0.0.1:" + proxy.port();
        ToolProcess tool = world.tool()
                .without("DB_HOST", "REDIS_URL")
                .with("HTTPS_PROXY", address)
                .with("HTTP_PROXY", address);
        for (String service : List.of("FINDMY_GSA_URL", "FINDMY_SETUP_URL", "FINDMY_GATEWAY_URL", "ANISETTE_SERVER")) {
            tool = tool.with(service, elsewhere(world.variable(service)));
        }
        // As anisette servers usually are: without TLS, so that the proxy sees the request itself.
        return tool.with(
                "ANISETTE_SERVER", elsewhere(world.variable("ANISETTE_SERVER")).replace("https:", "http:"));
    }

    private static String elsewhere(String address) {
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + Simulator.NAME_BEHIND_PROXY + ":" + uri.getPort();
    }

    private String place(String service) {
        return Simulator.NAME_BEHIND_PROXY + ":"
                + URI.create(world.variable(service)).getPort();
    }

    @Test
    void signInAnisetteAndReportsGoThroughAProxyThatAsksForAPassword() throws Exception {
        String appleId = "behind-proxy@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        Path keys = world.newTag("Behind a proxy", 10, 20, UnaryOperator.identity());
        Path session = world.directory().resolve("behind-proxy.session");
        String passphrase =
                world.write("behind-proxy.passphrase", "a made-up passphrase").toString();
        try (PasswordProxy proxy = new PasswordProxy(AUTHORIZATION)) {
            ToolProcess tool = through(proxy, "joe:pa%40ss@");
            Ended login =
                    tool.run(world.loginToFile(session, appleId, passphrase)).done();
            Set<String> places = new TreeSet<>(proxy.let());
            assertThat(places)
                    .contains("CONNECT " + place("FINDMY_GSA_URL"), "CONNECT " + place("FINDMY_SETUP_URL"))
                    .contains("GET " + place("ANISETTE_SERVER"));
            assertThat(proxy.refused()).isEmpty();

            JsonNode reports = tool.run(
                            "fetch",
                            "--key-file",
                            keys.toString(),
                            "--session",
                            session.toString(),
                            "--passphrase-file",
                            passphrase,
                            "--no-store",
                            "--json")
                    .done()
                    .json();
            assertThat(reports.at("/0/lat").asDouble()).isEqualTo(10.0);
            assertThat(proxy.let()).contains("CONNECT " + place("FINDMY_GATEWAY_URL"));
            assertThat(login.out() + login.err()).doesNotContain("pa%40ss", "pa@ss");
        }
    }

    @Test
    void aProxyThatRefusesThePasswordIsNamedWithoutIt() throws Exception {
        String appleId = "wrong-proxy@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        Path session = world.directory().resolve("wrong-proxy.session");
        String passphrase =
                world.write("wrong-proxy.passphrase", "a made-up passphrase").toString();
        String[] login = world.loginToFile(session, appleId, passphrase);
        try (PasswordProxy proxy = new PasswordProxy(AUTHORIZATION)) {
            for (String userInfo : List.of("joe:wrong-word@", "")) {
                Ended ended = through(proxy, userInfo).run(login);
                assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(ended.err())
                        .containsIgnoringCase("proxy")
                        .doesNotContain("wrong-word", "Exception", "pa@ss");
            }
            assertThat(proxy.let()).isEmpty();
        }
    }
}
