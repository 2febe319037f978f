/**
 * A client for the Find My network: keys, sign-in, anisette data, requests for location reports, and their decryption.
 *
 * <p>Start with {@link org.trackerreports.findmy.FindMyClient}.
 */
@SuppressWarnings("requires-automatic") // Resilience4j has stable automatic module names, but no module descriptors.
module org.trackerreports.findmy {
    requires com.dd.plist;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires feign.core;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.ratelimiter;
    requires io.github.resilience4j.retry;
    requires java.net.http;
    requires java.xml;
    requires org.bouncycastle.provider;
    requires static org.jspecify;
    requires org.slf4j;

    exports org.trackerreports.findmy;
    exports org.trackerreports.findmy.anisette;
    exports org.trackerreports.findmy.fetch;
    exports org.trackerreports.findmy.file;
    exports org.trackerreports.findmy.http;
    exports org.trackerreports.findmy.key;
    exports org.trackerreports.findmy.keyfile;
    exports org.trackerreports.findmy.login;
    exports org.trackerreports.findmy.report;
}
