package org.trackerreports.store.migration;

import java.util.List;
import org.trackerreports.store.schema.Capabilities;

/**
 * What a migration did.
 *
 * @param applied number of migrations run now; 0 when the database was current
 * @param version the schema's version now
 * @param capabilities what the database is built with
 * @param notes sentences for the operator: what the server could do in addition, and what stands in the way
 */
public record MigrationResult(int applied, String version, Capabilities capabilities, List<String> notes) {

    public MigrationResult {
        notes = List.copyOf(notes);
    }
}
