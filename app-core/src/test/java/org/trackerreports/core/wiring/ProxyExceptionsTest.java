package org.trackerreports.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.findmy.http.ProxySettings;

/** The expected values are what curl does. */
class ProxyExceptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com | example.com | true",
                "example.com | www.example.com | true",
                "example.com | badexample.com | false",
                ".example.com | www.example.com | true",
                ".example.com | example.com | true",
                "EXAMPLE.com. | Example.COM | true",
                "a.org, example.com | example.com | true",
                "* | anything.org | true",
                "192.168.0.0/16 | 192.168.3.4 | true",
                "192.168.0.0/16 | 192.169.3.4 | false",
                "10.1.2.3 | 10.1.2.3 | true",
                "fd00::/8 | fd12::1 | true",
                "fd00::/8 | fe80::1 | false",
                "example.com:443 | example.com | true",
                "example.com:80 | example.com | false",
                "'' | example.com | false"
            })
    void knowsWhatTheListIncludes(String list, String host, boolean included) {
        assertThat(ProxyExceptions.of(list).include(host, 443)).isEqualTo(included);
    }

    @Test
    void choosesByTheSchemeAndNeverForLoopback() throws ConfigurationException {
        Configuration configuration = ConfigurationLoader.load(
                Map.of(),
                Map.of(
                        "HTTPS_PROXY",
                        "http://joe:p%40ss@proxy:3128",
                        "HTTP_PROXY",
                        "plain:80",
                        "NO_PROXY",
                        "inside.org"),
                Optional.empty());
        ProxySettings proxies = ConfiguredProxies.of(configuration);
        assertThat(chosen(proxies, "https://gateway.icloud.com")).isEqualTo("proxy:3128");
        assertThat(chosen(proxies, "http://anisette.org:6969")).isEqualTo("plain:80");
        for (String direct : new String[] {
            "https://localhost:1",
            "http://127.0.0.1:6969",
            "http://127.1.2.3",
            "http://[::1]:80",
            "https://a.inside.org"
        }) {
            assertThat(chosen(proxies, direct)).as(direct).isEqualTo("direct");
        }
        assertThat(proxies.authenticator()).isPresent();
        assertThat(proxies.toString()).doesNotContain("p%40ss", "p@ss");
    }

    private static String chosen(ProxySettings proxies, String address) {
        Proxy proxy =
                proxies.selector().orElseThrow().select(URI.create(address)).get(0);
        if (proxy.type() == Proxy.Type.DIRECT) {
            return "direct";
        }
        InetSocketAddress place = (InetSocketAddress) proxy.address();
        return place.getHostString() + ":" + place.getPort();
    }
}
