/**
 * Positions and history over HTTP: an API, live events, a page, and an endpoint for macless-haystack.
 *
 * <p>Start with {@link org.trackerreports.server.PositionServer}.
 */
module org.trackerreports.server {
    requires com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.trackerreports.movement;
    requires transitive org.trackerreports.store;

    exports org.trackerreports.server;
    exports org.trackerreports.server.route;
    exports org.trackerreports.server.settings;
}
