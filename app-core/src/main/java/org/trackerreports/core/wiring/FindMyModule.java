package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.trackerreports.core.config.CertificateFile;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Option;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.report.ReportDecryptor;

/** Wires the client of the services. */
final class FindMyModule extends AbstractModule {

    /** About 90,000 reports, far more than the service returns for one request. Two such answers fit into the daemon's heap. */
    private static final int MAX_ANSWER_BYTES = 16 << 20;

    @Provides
    @Singleton
    HttpSettings http(Configuration configuration) {
        HttpSettings defaults = HttpSettings.DEFAULT;
        return new HttpSettings(
                        defaults.connectTimeout(),
                        defaults.callTimeout(),
                        MAX_ANSWER_BYTES,
                        certificates(configuration, Options.FINDMY_TRUST_CERTIFICATE))
                .through(ConfiguredProxies.of(configuration));
    }

    private static List<X509Certificate> certificates(Configuration configuration, Option<CertificateFile> option) {
        return configuration.find(option).map(CertificateFile::certificates).orElse(List.of());
    }

    @Provides
    @Singleton
    ServiceAddresses addresses(Configuration configuration) {
        return new ServiceAddresses(
                configuration.get(Options.FINDMY_GSA_URL),
                configuration.get(Options.FINDMY_SETUP_URL),
                configuration.get(Options.FINDMY_GATEWAY_URL));
    }

    @Provides
    @Singleton
    AnisetteProvider anisette(
            Configuration configuration, HttpSettings http, Listeners<FetchListener> listeners, Clock clock) {
        List<X509Certificate> own = certificates(configuration, Options.ANISETTE_TRUST_CERTIFICATE);
        HttpSettings settings = own.isEmpty() ? http : http.trusting(own);
        return new ObservedAnisette(
                new AnisetteServer(configuration.get(Options.ANISETTE_SERVER), settings, clock), listeners, clock);
    }

    @Provides
    @Singleton
    AccountLogin login(
            Configuration configuration,
            ServiceAddresses addresses,
            HttpSettings http,
            AnisetteProvider anisette,
            Clock clock,
            SecureRandom random) {
        ClientInfo clientInfo = configuration
                .find(Options.FINDMY_CLIENT_INFO)
                .map(text -> new ClientInfo(text, ClientInfo.DEFAULT.delegates()))
                .orElse(ClientInfo.DEFAULT);
        return new AccountLogin(addresses, http, anisette, clientInfo, clock, random);
    }

    @Provides
    @Singleton
    ReportService service(ServiceAddresses addresses, HttpSettings http, AnisetteProvider anisette, Clock clock) {
        return new ReportService(addresses, http, anisette, clock);
    }

    @Provides
    @Singleton
    ReportDecryptor decryptor(Clock clock) {
        return new ReportDecryptor(clock);
    }
}
