package org.trackerreports.findmy.fetch;

/** The interfaces of the report service. Source: sections 5.1 and 5.2 of the protocol page. */
public enum FetchProtocol {
    /** The current one: about one report, the newest, for each entry of a request. */
    V2,
    /**
     * The old one. It gave up to 20 reports for each entry, over all its keys together. Whether it still works, and how much it gives,
     * has changed several times.
     */
    V1
}
