package org.trackerreports.tools.key;

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
final class CsvColumns {

    static final String NAME = "name";
    static final String KIND = "kind";
    static final String PRIVATE_KEYS = "private_keys";
    static final String MASTER_KEY = "master_key";
    static final String SKN = "skn";
    static final String SKS = "sks";
    static final String PAIRED_AT = "paired_at";
    static final String ALIGNMENT_DATE = "alignment_date";
    static final String ALIGNMENT_INDEX = "alignment_index";
    /** Begins the name of a column that holds a label. */
    static final String LABEL = "label:";

    /** Every column but those of labels. */
    static final List<String> ALL =
            List.of(NAME, KIND, PRIVATE_KEYS, MASTER_KEY, SKN, SKS, PAIRED_AT, ALIGNMENT_DATE, ALIGNMENT_INDEX);

    private CsvColumns() {}
}
