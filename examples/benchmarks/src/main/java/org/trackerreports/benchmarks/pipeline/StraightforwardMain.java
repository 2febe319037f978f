package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.benchmarks.store.OriginalStatement;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;

/**
 * What one would write in an afternoon: ask for 64 keys, decrypt one report after the other with BouncyCastle, store one row after the
 * other by the original statement, ask for the next 64. Needs the environment that {@link PipelineTopic} gives it; prints the reports
 * stored in a second, those of the first quarter left out, in which the virtual machine warms up.
 */
public final class StraightforwardMain {

    private static final int KEYS_PER_REQUEST = 64;
    private static final Duration WEEK = Duration.ofDays(7);

    private StraightforwardMain() {}

    public static void main(String[] arguments) throws IOException, CertificateException, SQLException {
        Clock clock = Clock.systemUTC();
        HttpSettings http = HttpSettings.DEFAULT.trusting(List.of(certificate(Path.of(value("CA_FILE")))));
        URI services = URI.create(value("GATEWAY_URL"));
        AnisetteServer anisette = new AnisetteServer(URI.create(value("ANISETTE_URL")), http, clock);
        ReportService service =
                new ReportService(new ServiceAddresses(services, services, services), http, anisette, clock);
        String[] words = value("SESSION").split(":");
        Session session = new Session(
                ServicesMain.appleId(0), words[0], words[1], DeviceIdentity.random(), "any", clock.instant());
        List<byte[]> scalars = Files.readAllLines(Path.of(value("KEYS_FILE"))).stream()
                .map(Base64.getDecoder()::decode)
                .toList();
        int warm = scalars.size() / 4;
        int stored = 0;
        int before = 0;
        long began = 0;
        ReportDecryptor decryptor = new ReportDecryptor(clock);
        try (Connection connection = DriverManager.getConnection(value("DATABASE_URL"))) {
            connection.setAutoCommit(false);
            for (int start = 0; start < scalars.size(); start += KEYS_PER_REQUEST) {
                if (began == 0 && start >= warm) {
                    began = System.nanoTime();
                    before = stored;
                }
                stored += store(
                        connection,
                        fetch(
                                service,
                                decryptor,
                                session,
                                clock.instant(),
                                scalars.subList(start, Math.min(scalars.size(), start + KEYS_PER_REQUEST))));
            }
        }
        if (stored % scalars.size() != 0) {
            throw new IllegalStateException(stored + " reports of " + scalars.size() + " trackers were stored");
        }
        System.out.println((stored - before) / ((System.nanoTime() - began) / 1e9));
    }

    private static String value(String name) {
        return System.getenv(name);
    }

    private static X509Certificate certificate(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static List<LocationReport> fetch(
            ReportService service, ReportDecryptor decryptor, Session session, Instant now, List<byte[]> scalars) {
        Map<HashedAdvertisementKey, PrivateTrackerKey> keys = new HashMap<>();
        List<FetchQuery.Entry> entries = new ArrayList<>();
        for (byte[] scalar : scalars) {
            PrivateTrackerKey key = PrivateTrackerKey.of(scalar);
            keys.put(key.hashed(), key);
            entries.add(new FetchQuery.Entry(List.of(key.hashed()), List.of()));
        }
        Answered answered = (Answered) service.fetch(session, new FetchQuery(entries, now.minus(WEEK), now));
        List<LocationReport> locations = new ArrayList<>();
        for (List<EncryptedReport> reports : answered.reports().values()) {
            for (EncryptedReport report : reports) {
                locations.add(
                        (LocationReport) decryptor.decrypt(report, Objects.requireNonNull(keys.get(report.key()))));
            }
        }
        return locations;
    }

    private static int store(Connection connection, List<LocationReport> reports) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OriginalStatement.SQL)) {
            for (LocationReport report : reports) {
                OriginalStatement.bind(
                        statement,
                        report.key().base64(),
                        Timestamp.from(report.timestamp()),
                        report.latitude(),
                        report.longitude(),
                        report.confidence(),
                        report.horizontalAccuracy(),
                        null);
                statement.executeUpdate();
            }
        }
        connection.commit();
        return reports.size();
    }
}
