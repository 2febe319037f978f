package org.trackerreports.core.wiring;

import java.util.Optional;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.CertificateFile;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.Options.DatabaseTls;

/**
 * How the connection to an external PostgreSQL is encrypted.
 *
 * @param authority the certificate authority of the server; empty for those of Java
 */
record DatabaseEncryption(DatabaseTls mode, Optional<CertificateFile> authority) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseEncryption.class);

    static DatabaseEncryption of(Configuration configuration, String host) {
        boolean loopback = Loopback.is(host);
        DatabaseTls mode =
                configuration.find(Options.DB_SSLMODE).orElse(loopback ? DatabaseTls.PREFER : DatabaseTls.VERIFY_FULL);
        if (!loopback && mode != DatabaseTls.VERIFY_FULL) {
            LOG.warn(
                    "DB_SSLMODE is {}: whoever controls the network between here and {} can read or change what is stored;"
                            + " only verify-full is safe.",
                    OptionType.word(mode),
                    host);
        }
        return new DatabaseEncryption(mode, configuration.find(Options.DB_SSLROOTCERT));
    }

    void applyTo(BaseDataSource connections) {
        connections.setSslMode(OptionType.word(mode));
        if (authority.isPresent()) {
            connections.setSslRootCert(authority.get().path().toString());
        } else if (mode == DatabaseTls.VERIFY_CA || mode == DatabaseTls.VERIFY_FULL) {
            // The driver's own default looks for a file in the home directory only.
            connections.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
    }
}
