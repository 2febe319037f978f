package org.trackerreports.core.failure;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The exceptions behind an exception, also through those of Guice, which can have several causes. */
final class Causes {

    private Causes() {}

    /** An exception and all its causes, the outer before the inner ones. */
    static List<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        collect(thrown, causes);
        return causes;
    }

    // Two exceptions may be equal and still be two.
    @SuppressWarnings("ReferenceEquality")
    private static void collect(Throwable thrown, List<Throwable> causes) {
        if (causes.stream().anyMatch(known -> known == thrown)) {
            return;
        }
        causes.add(thrown);
        for (Message message : messages(thrown)) {
            if (message.getCause() != null) {
                collect(message.getCause(), causes);
            }
        }
        if (thrown.getCause() != null) {
            collect(thrown.getCause(), causes);
        }
    }

    private static Collection<Message> messages(Throwable thrown) {
        if (thrown instanceof ProvisionException provision) {
            return provision.getErrorMessages();
        }
        if (thrown instanceof CreationException creation) {
            return creation.getErrorMessages();
        }
        return thrown instanceof ConfigurationException wiring ? wiring.getErrorMessages() : List.of();
    }
}
