package org.trackerreports.simulator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Ends connections in ways that a well-behaved server never does. */
final class Connections {
    private Connections() {}

    /** Makes the client see a reset: an end without any answer and without the farewell of TLS. */
    static void reset(Request request, Callback callback) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof SslConnection.SslEndPoint tls) {
            endPoint = tls.getSslConnection().getEndPoint();
        }
        EofException cause = new EofException("reset by an injected fault"); // which Jetty does not report
        if (endPoint instanceof SocketChannelEndPoint socket) {
            try {
                socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.getChannel().close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        endPoint.close(cause);
        callback.failed(cause);
    }
}
