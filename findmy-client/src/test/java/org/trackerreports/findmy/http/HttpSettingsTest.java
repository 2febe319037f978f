package org.trackerreports.findmy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.TestCertificate;

class HttpSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void trustsTheCertificatesOfFilesInAdditionToThoseItHad() throws IOException, CertificateException {
        Path first = Files.writeString(
                directory.resolve("first.pem"),
                TestCertificate.of(directory, "ip:127.0.0.1").certificate());
        Path second = Files.writeString(
                directory.resolve("second.pem"),
                "# ours\n" + TestCertificate.of(directory, "dns:example.com").certificate());

        HttpSettings settings = HttpSettings.DEFAULT.trusting(first).trusting(second);

        assertThat(settings.additionalCertificates())
                .hasSize(2)
                .extracting(X509Certificate::getSubjectX500Principal)
                .allMatch(name -> name.getName().equals("CN=test"));
        assertThat(settings.callTimeout()).isEqualTo(HttpSettings.DEFAULT.callTimeout());
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path damaged = Files.writeString(
                directory.resolve("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> HttpSettings.DEFAULT.trusting(empty))
                .isInstanceOf(CertificateException.class)
                .hasMessage("contains no certificate");
        assertThatThrownBy(() -> HttpSettings.DEFAULT.trusting(damaged))
                .isInstanceOf(CertificateException.class)
                .hasMessage("is damaged, or of another kind");
        assertThatThrownBy(() -> HttpSettings.DEFAULT.trusting(directory.resolve("missing.pem")))
                .isInstanceOf(IOException.class);
    }
}
