package org.trackerreports.core.keyfile;

import java.util.List;

/**
 * The columns of a CSV file of trackers: UTF-8, quoted as in RFC 4180, with a heading. Each row is a tracker:
 *
 * <ul>
 *   <li>{@code name}
 *   <li>{@code kind}: {@code static}, {@code list} or {@code accessory}; optional, because the keys tell it
 *   <li>{@code private_keys}: 28 bytes as base64 or hexadecimal; for a tag that cycles through a list, several of them, separated by blanks
 *   <li>{@code master_key}, {@code skn}, {@code sks}, {@code paired_at}, {@code alignment_date}, {@code alignment_index}:
 *       those of an accessory, as in FindMy.py's file
 *   <li>{@code label:NAME}: a label; an empty cell means none
 * </ul>
 */
public final class CsvColumns {

    public static final String NAME = "name";
    public static final String KIND = "kind";
    public static final String PRIVATE_KEYS = "private_keys";
    public static final String MASTER_KEY = "master_key";
    public static final String SKN = "skn";
    public static final String SKS = "sks";
    public static final String PAIRED_AT = "paired_at";
    public static final String ALIGNMENT_DATE = "alignment_date";
    public static final String ALIGNMENT_INDEX = "alignment_index";
    /** Begins the name of a column that holds a label. */
    public static final String LABEL = "label:";

    /** Every column but those of labels. */
    public static final List<String> ALL =
            List.of(NAME, KIND, PRIVATE_KEYS, MASTER_KEY, SKN, SKS, PAIRED_AT, ALIGNMENT_DATE, ALIGNMENT_INDEX);

    private CsvColumns() {}
}
