package org.trackerreports.simulator.world;

/** Which of the two report layouts the finders of a tag upload. */
public enum PayloadForm {
    /** The older layout of 88 bytes. */
    BYTES_88,
    /** The layout of newer finder devices, with one more byte (always zero) before the confidence. */
    BYTES_89,
    /** Either, about equally often, as in the field. */
    MIXED
}
