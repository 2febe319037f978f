package org.trackerreports.core.embedded;

/** Is told what takes long, in a sentence for people. A daemon logs it; a command shows it to whoever waits. Must not throw. */
@FunctionalInterface
public interface Notices {

    /** Tells. */
    void tell(String sentence);
}
